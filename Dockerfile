# One image for web, worker and beat: the command differs. See compose.yaml.
FROM node:24-slim AS front-end
WORKDIR /house
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY static static
COPY templates templates
RUN node static/build.mjs

FROM python:3.13-slim
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DEBUG=0
WORKDIR /house
COPY requirements/production.lock requirements/
RUN pip install --no-cache-dir --require-hashes -r requirements/production.lock
COPY manage.py ./
COPY config config
COPY accounts accounts
COPY counseling counseling
COPY characters characters
COPY reports reports
COPY templates templates
COPY locale locale
COPY --from=front-end /house/static static
RUN python -m config.translations
RUN useradd --system --create-home madoguchi && mkdir -p /srv/static /srv/keys && chown madoguchi /srv/static /srv/keys && chmod 700 /srv/keys
USER madoguchi
ENV STATIC_ROOT=/srv/static VAR_DIR=/tmp/var KEYS_DIR=/srv/keys
