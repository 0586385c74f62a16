// Passkeys: a form marked `data-passkey` asks the browser for one and sends what it gives as its field `credential`.
// The words of every failure stand in the form itself (`data-cancelled`, `data-known`, `data-failed`).

interface Descriptor {
  id: string;
  type: "public-key";
  transports?: AuthenticatorTransport[];
}

/** What the server asks for: WebAuthn's options with every sequence of bytes as base64url. */
interface Wish {
  challenge: string;
  user?: { id: string; name: string; displayName: string };
  allowCredentials?: Descriptor[];
  excludeCredentials?: Descriptor[];
}

interface Told {
  creation_options?: { publicKey: Wish };
  request_options?: { publicKey: Wish };
}

export function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const binary = atob(base64url.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
}

export function base64url(buffer: ArrayBuffer): string {
  const binary = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(binary).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function withBytes(wish: Wish): unknown {
  const known = (list: Descriptor[] = []) => list.map((one) => ({ ...one, id: bytesOf(one.id) }));
  return {
    ...wish,
    challenge: bytesOf(wish.challenge),
    ...(wish.user && { user: { ...wish.user, id: bytesOf(wish.user.id) } }),
    ...(wish.allowCredentials && { allowCredentials: known(wish.allowCredentials) }),
    ...(wish.excludeCredentials && { excludeCredentials: known(wish.excludeCredentials) }),
  };
}

/** The browser's answer as JSON, every sequence of bytes as base64url. */
export function written(credential: PublicKeyCredential): string {
  const response: Record<string, string> = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"] as const) {
    const value = (credential.response as unknown as Record<string, ArrayBuffer | null | undefined>)[name];
    if (value) response[name] = base64url(value);
  }
  return JSON.stringify({
    id: credential.id,
    rawId: base64url(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  });
}

async function told(form: HTMLFormElement): Promise<Told> {
  const beside = form.querySelector("script[type='application/json']");
  if (beside) return JSON.parse(beside.textContent ?? "") as Told;
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  return (await answer.json()) as Told;
}

async function ask(form: HTMLFormElement): Promise<PublicKeyCredential> {
  const { creation_options: make, request_options: use } = await told(form);
  const given = make
    ? await navigator.credentials.create({ publicKey: withBytes(make.publicKey) } as CredentialCreationOptions)
    : await navigator.credentials.get({ publicKey: withBytes(use?.publicKey as Wish) } as CredentialRequestOptions);
  return given as PublicKeyCredential;
}

function explain(form: HTMLFormElement, error: unknown): void {
  const place = form.querySelector<HTMLElement>("[data-passkey-error]");
  const words = place?.querySelector("span");
  if (!place || !words) return;
  const name = error instanceof DOMException ? error.name : "";
  const { cancelled, known, failed } = form.dataset;
  words.textContent = (name === "NotAllowedError" ? cancelled : name === "InvalidStateError" ? known : failed) ?? "";
  place.hidden = false;
}

async function send(form: HTMLFormElement): Promise<void> {
  const field = form.elements.namedItem("credential") as HTMLInputElement;
  const button = form.querySelector<HTMLButtonElement>("button[type=submit]");
  form.querySelector<HTMLElement>("[data-passkey-error]")?.setAttribute("hidden", "");
  button?.setAttribute("aria-disabled", "true");
  try {
    field.value = written(await ask(form));
    form.submit();
  } catch (error) {
    button?.removeAttribute("aria-disabled");
    explain(form, error);
  }
}

/** Shows what needs passkeys where the browser has them, and hides what is said to those whose browser has none. */
export function offerPasskeys(page: Document): void {
  if (!window.PublicKeyCredential) return;
  for (const part of page.querySelectorAll<HTMLElement>("[data-with-passkeys]")) part.hidden = false;
  for (const part of page.querySelectorAll<HTMLElement>("[data-without-passkeys]")) part.hidden = true;
  for (const form of page.querySelectorAll<HTMLFormElement>("form[data-passkey]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (form.querySelector("button[aria-disabled]")) return;
      void send(form);
    });
  }
}
