"""Rows: results. The officer comes to the public ones, and to nothing else of the back office."""

from typing import Any

FREEZE = {"first": "2026-04-01", "last": "2026-04-30", "day": "calendar"}
BODIES: dict[str, Any] = {
    "POST office:runs": {"form": FREEZE},
    "POST office:comparators": {"form": {"deed": "remove", "comparator": "1"}},
    "POST office:results-mails": {"form": {"every": "month", "holidays": "next"}},
    "POST office:results-mails+days": {"form": {"every": "day", "holidays": "next"}},
    "POST office:own-sheets": {"form": {"name": ""}},
    "POST office:run": {"form": {"deed": "withdraw"}},
}

TABLE = """
# method and address                   Sora's   | visitors    | staff
#                                      sitting  | anon sor str | haru ren  far  mio  fami aoi  kei  nao  root
GET    office:today                            active   | 302 302 302 | 404  404  404  200  404  200  404  302  404
GET    office:results                          active   | 302 302 302 | 404  404  404  200  404  200  404  302  404
GET    office:public_results                   active   | 302 302 302 | 404  404  404  200  404  200  200  302  404
# A file asks first who it is
GET    office:results-file                     active   | 302 302 302 | 404  404  404  302  404  302  404  302  404
GET    office:public-results-file              active   | 302 302 302 | 404  404  404  302  404  302  302  302  404
# A frozen report: asked for, released and taken out after one said who one is; the officer has the released ones alone
GET    office:runs                            active   | 302 302 302 | 404  404  404  200  404  200  404  302  404
POST   office:runs                            active   | 302 302 302 | 404  404  404  302  404  302  404  302  404
GET    office:run                             active   | 302 302 302 | 404  404  404  200  404  200  404  302  404
POST   office:run                             active   | 302 302 302 | 404  404  404  302  404  302  404  302  404
GET    office:run-file                        active   | 302 302 302 | 404  404  404  302  404  302  404  302  404
GET    office:released                        active   | 302 302 302 | 404  404  404  200  404  200  200  302  404
GET    office:released-file                   active   | 302 302 302 | 404  404  404  302  404  302  302  302  404
GET    office:comparators                     active   | 302 302 302 | 404  404  404  200  404  200  404  302  404
POST   office:comparators                     active   | 302 302 302 | 404  404  404  302  404  302  404  302  404
GET    office:comparators-sample              active   | 302 302 302 | 404  404  404  200  404  200  404  302  404
# Published: for everybody; a file of a kind there is none of
GET    public:every-result                    active   | 200 200 200 | 200  200  200  200  200  200  200  200  200
GET    public:results                         active   | 200 200 200 | 200  200  200  200  200  200  200  200  200
GET    public:results-file                    active   | 404 404 404 | 404  404  404  404  404  404  404  404  404
# Each for oneself; the officer of finished months
GET    office:results-mails                   active   | 302 302 302 | 404  404  404  200  404  200  200  302  404
POST   office:results-mails                   active   | 302 302 302 | 404  404  404  302  404  302  302  302  404
POST   office:results-mails+days              active   | 302 302 302 | 404  404  404  302  404  302  404  302  404
# A sheet is kept by who administers; filled for a supervisor, too, who says who she is
GET    office:own-sheets                      active   | 302 302 302 | 404  404  404  200  404  200  404  302  404
POST   office:own-sheets                      active   | 302 302 302 | 404  404  404  404  404  200  404  302  404
GET    office:own-sheet                       active   | 302 302 302 | 404  404  404  302  404  302  404  302  404
"""
