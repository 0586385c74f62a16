"""Rows: programs as they are made, prepared, opened, paused, closed and tried."""

from typing import Any

from counseling.actions import programs
from counseling.models import Program
from tests.permissions.stage import Stage

NEW = {"template": "women", "name": "新しい窓口", "slug": "brand-new", "starts_on": "2026-12-01"}
DISASTER = {"name": "災害の相談", "slug": "disaster", "opens": "10:00", "closes": "22:00", "ends_on": "2099-12-31"}
BASICS = {
    "name": "女性のための相談",
    "kind": "women",
    "report_day": "calendar",
    "starts_on": "2019-02-01",
    "channel_mode": "line_talk",
    "nudge_after": "10",
    "notice_after": "15",
    "close_after": "20",
    "amber_after": "3",
    "episode_silence": "30",
    "record_due_after": "8",
    "referral_ask_after": "14",
    "referral_overdue_after": "3",
    "follow_up_escalates_after": "4",
    "return_code_life": "14",
    "outreach_people": "2",
    "record_edit_for": "24",
    "record_read_for": "28",
    "intake_lapses_after": "60",
    "link_life": "10",
}


def _basics(stage: Stage) -> dict[str, Any]:
    kept = Program.objects.get(pk=stage.program.pk)
    return {"form": BASICS | {"shown": programs.fingerprint(kept, programs.Basics)}}


BODIES: dict[str, Any] = {
    "POST office:new": {"form": NEW},
    "POST office:disaster": {"form": DISASTER},
    "POST office:setup-opening": {"form": {}},
    "POST office:setup-closing": {"form": {"name": "women"}},
    "POST office:reception": {"form": {"step": "pause"}},
    "POST office:reception+from-setup": {"form": {"step": "pause", "back": "setup"}},
    "POST office:trial": {"form": {}},
    "POST office:general": _basics,
}

TABLE = """
# method and address                   Sora's   | visitors    | staff
#                                      sitting  | anon sor str | haru ren  far  mio  fami aoi  kei  nao  root
# New programs are made by who administers one, or the whole house
GET    office:programs                       active   | 302 302 302 | 404  404  404  404  404  200  404  302  200
GET    office:new                            active   | 302 302 302 | 404  404  404  404  404  200  404  302  200
POST   office:new                            active   | 302 302 302 | 404  404  404  404  404  302  404  302  302
# Who founds a disaster's program asks people to help: who it is, is asked first
GET    office:disaster                       active   | 302 302 302 | 404  404  404  404  404  302  404  302  302
POST   office:disaster                       active   | 302 302 302 | 404  404  404  404  404  302  404  302  302
# An export asks first who it is
GET    office:export                         active   | 302 302 302 | 404  404  404  404  404  302  404  302  404
GET    office:setup                          active   | 302 302 302 | 404  404  404  404  404  200  404  302  404
POST   office:setup-opening                  active   | 302 302 302 | 404  404  404  404  404  302  404  302  404
GET    office:setup-closing                  active   | 302 302 302 | 404  404  404  404  404  200  404  302  404
POST   office:setup-closing                  active   | 302 302 302 | 404  404  404  404  404  302  404  302  404
GET    office:general                        active   | 302 302 302 | 404  404  404  404  404  200  404  302  404
POST   office:general                        active   | 302 302 302 | 404  404  404  404  404  302  404  302  404
GET    office:poster                         active   | 302 302 302 | 404  404  404  404  404  200  404  302  404
GET    office:poster-pdf                     active   | 302 302 302 | 404  404  404  404  404  200  404  302  404
GET    office:poster-code                    active   | 302 302 302 | 404  404  404  404  404  200  404  302  404
GET    office:preview                        active   | 302 302 302 | 404  404  404  404  404  200  404  302  404
GET    office:preview-screen                 active   | 302 302 302 | 404  404  404  404  404  200  404  302  404
# Supervisors pause and resume, and try the program
POST   office:reception                      active   | 302 302 302 | 404  404  404  302  404  302  404  302  404
POST   office:reception+from-setup           active   | 302 302 302 | 404  404  404  302  404  302  404  302  404
POST   office:trial                          active   | 302 302 302 | 404  404  404  302  404  302  404  302  404
"""
