"""What the audit tells: every deed with its sentence. Pure but for translation; a deed that is not here is refused."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Deed(StrEnum):
    """One thing somebody did that the house must be able to answer for. What a session's own log tells is not here."""

    LOGIN_SUCCEEDED = "login.succeeded"
    LOGIN_FAILED = "login.failed"
    LOGIN_ENDED = "login.ended"
    PASSWORD_CHANGED = "password.changed"  # noqa: S105 - a deed's name
    SECOND_FACTOR_ADDED = "second_factor.added"
    SECOND_FACTOR_REMOVED = "second_factor.removed"
    SECOND_FACTOR_RESET = "second_factor.reset"
    RECOVERY_CODES_MADE = "recovery_codes.made"
    RECOVERY_CODE_USED = "recovery_code.used"
    SESSION_ENTERED = "session.entered"
    SESSION_READ = "session.read"
    ATTACHMENT_READ = "attachment.read"
    VISITOR_READ = "visitor.read"
    PHONE_NUMBER_READ = "phone_number.read"
    RETURN_CODE_GIVEN = "return_code.given"
    VISIT_DECIDED = "visit.decided"
    VISIT_ADDRESS_READ = "visit_address.read"
    RECORD_READ = "record.read"
    RECORD_REVIEWED = "record.reviewed"
    SURVEY_READ = "survey.read"
    CONSENT_OVERRIDDEN = "consent.overridden"
    VISITORS_MERGED = "visitors.merged"
    TIMELINE_EXPORTED = "timeline.exported"
    MERGE_UNDONE = "visitors.unmerged"
    SHEET_OPENED = "sheet.opened"
    SHEET_PRINTED = "sheet.printed"
    SHEET_FILED = "sheet.filed"
    CONTACT_LOGGED = "contact.logged"
    CONTACT_CORRECTED = "contact.corrected"
    ARRANGEMENT_READ = "arrangement.read"
    APPROACH_WRITTEN = "approach.written"
    LIMIT_AGREED = "limit.agreed"
    LIMIT_ENDED = "limit.ended"
    VISITOR_BLOCKED = "visitor.blocked"
    BLOCK_LIFTED = "visitor.unblocked"
    PERSON_INVITED = "person.invited"
    INVITATION_WITHDRAWN = "invitation.withdrawn"
    INVITATION_ACCEPTED = "invitation.accepted"
    JOIN_LINK_MADE = "join_link.made"
    JOIN_LINK_REVOKED = "join_link.revoked"
    APPLICATION_DECIDED = "application.decided"
    PERSON_CHANGED = "person.changed"
    ROLES_CHANGED = "person.roles_changed"
    PERSON_REMOVED = "person.removed"
    PERSON_DEACTIVATED = "person.deactivated"
    PERSON_REACTIVATED = "person.reactivated"
    TOKEN_MADE = "token.made"  # noqa: S105 - a deed's name
    TOKEN_REVOKED = "token.revoked"  # noqa: S105 - a deed's name
    SUBSCRIPTION_MADE = "subscription.made"
    SUBSCRIPTION_CHANGED = "subscription.changed"
    ROSTER_PUBLISHED = "roster.published"
    ROSTER_EXPORTED = "roster.exported"
    HOURS_EXPORTED = "hours.exported"
    AUDIT_EXPORTED = "audit.exported"
    PROGRAM_FOUNDED = "program.founded"
    PROGRAM_CHANGED = "program.changed"
    STAGE_CHANGED = "program.stage_changed"
    PROGRAM_EXPORTED = "program.exported"
    CHANNEL_CHANGED = "channel.changed"
    REPLIES_CHANGED = "replies.changed"
    REPLIES_EXPORTED = "replies.exported"
    QUEUE_DIVERTED = "queue.diverted"
    QUEUE_RETURNED = "queue.returned"
    PERSON_CALLED_IN = "person.called_in"
    PRACTICE_ERASED = "practice.erased"
    HOLD_PLACED = "hold.placed"
    HOLD_ENDED = "hold.ended"
    PERSON_ERASED = "visitor.erased"
    ERASURE_CERTIFIED = "erasure.certified"
    RETENTION_SWEPT = "retention.swept"
    CONTRACT_END_SET = "contract.end_set"
    CONTRACT_END_WITHDRAWN = "contract.end_withdrawn"
    CONTRACT_ENDED = "contract.ended"
    DISCLOSURE_ASKED = "disclosure.asked"
    DISCLOSURE_TAKEN = "disclosure.taken"
    DEBRIEF_TICKED = "debrief.ticked"
    DEBRIEF_UNTICKED = "debrief.unticked"
    REVIEW_BEGUN = "review.begun"
    REVIEW_READ = "review.read"
    REVIEW_TAKEN_OVER = "review.taken_over"
    REVIEW_FINISHED = "review.finished"
    REFERRAL_READ = "referral.read"
    REFERRAL_MADE = "referral.made"
    REFERRAL_CHANGED = "referral.changed"
    REFERRAL_WITHDRAWN = "referral.withdrawn"
    LETTER_MADE = "letter.made"
    LETTER_PRINTED = "letter.printed"
    AGENCY_CHANGED = "agency.changed"
    AGENCIES_IMPORTED = "agencies.imported"
    AGENCIES_EXPORTED = "agencies.exported"
    RESULTS_EXPORTED = "results.exported"
    RESULTS_FROZEN = "results.frozen"
    RESULTS_RUN_CANCELLED = "results.run_cancelled"
    RESULTS_RELEASED = "results.released"
    RESULTS_WITHDRAWN = "results.withdrawn"
    RESULTS_PUBLISHED = "results.published"
    RESULTS_UNPUBLISHED = "results.unpublished"
    REPORT_SHEETS_CHANGED = "report_sheets.changed"
    COMPARATORS_CHANGED = "comparators.changed"


# `who` is the actor's name, `what` the subject in words (accounts.models.AuditEntry.subject).
SENTENCES: dict[Deed, str | Promise] = {
    Deed.LOGIN_SUCCEEDED: _("%(who)sさんがログインしました"),
    Deed.LOGIN_FAILED: _("%(what)sへのログインが失敗しました"),
    Deed.LOGIN_ENDED: _("%(who)sさんがログインを終えました"),
    Deed.PASSWORD_CHANGED: _("%(who)sさんがパスワードを変えました"),
    Deed.SECOND_FACTOR_ADDED: _("%(who)sさんが二段階認証を加えました"),
    Deed.SECOND_FACTOR_REMOVED: _("%(who)sさんが二段階認証を外しました"),
    Deed.SECOND_FACTOR_RESET: _("%(who)sさんが%(what)sの二段階認証をやり直せるようにしました"),
    Deed.RECOVERY_CODES_MADE: _("%(who)sさんが予備のコードを作りました"),
    Deed.RECOVERY_CODE_USED: _("%(who)sさんが予備のコードを使いました"),
    Deed.SESSION_ENTERED: _("%(who)sさんが%(what)sを、あとから記録しました"),
    Deed.SESSION_READ: _("%(who)sさんが%(what)sの記録を読みました"),
    Deed.ATTACHMENT_READ: _("%(who)sさんが%(what)sの添付を開きました"),
    Deed.PHONE_NUMBER_READ: _("%(who)sさんが%(what)sの電話番号を見ました"),
    Deed.RETURN_CODE_GIVEN: _("%(who)sさんが%(what)sの再訪コードを作りました"),
    Deed.VISIT_DECIDED: _("%(who)sさんが%(what)sの訪問を承認するかどうかを決めました"),
    Deed.VISIT_ADDRESS_READ: _("%(who)sさんが%(what)sの訪問先を見ました"),
    Deed.VISITOR_READ: _("%(who)sさんが%(what)sのこれまでの相談を見ました"),
    Deed.RECORD_READ: _("%(who)sさんが%(what)sの相談記録を開きました"),
    Deed.SURVEY_READ: _("%(who)sさんが%(what)sのアンケートの自由記述を読みました"),
    Deed.RECORD_REVIEWED: _("%(who)sさんが%(what)sの相談記録を確認しました"),
    Deed.CONSENT_OVERRIDDEN: _("%(who)sさんが生命の保護のため、同意のないまま%(what)sを読み、引き受けました"),
    Deed.VISITORS_MERGED: _("%(who)sさんが%(what)sを、別の仮の名前と同じ人としてまとめました"),
    Deed.TIMELINE_EXPORTED: _("%(who)sさんが%(what)sの経過をPDFに書き出しました"),
    Deed.MERGE_UNDONE: _("%(who)sさんが%(what)sのまとめを取り消しました"),
    Deed.SHEET_OPENED: _("%(who)sさんが%(what)sの緊急対応シートを開きました"),
    Deed.SHEET_PRINTED: _("%(who)sさんが%(what)sの緊急対応シートを印刷用に書き出しました"),
    Deed.SHEET_FILED: _("%(who)sさんが%(what)sの緊急対応シートを提出しました"),
    Deed.CONTACT_LOGGED: _("%(who)sさんが%(what)sの連絡記録を書きました"),
    Deed.CONTACT_CORRECTED: _("%(who)sさんが%(what)sの連絡記録を訂正しました"),
    Deed.ARRANGEMENT_READ: _("%(who)sさんが%(what)sの対応方針と取り決めを開きました"),
    Deed.APPROACH_WRITTEN: _("%(who)sさんが%(what)sの対応方針を書きました"),
    Deed.LIMIT_AGREED: _("%(who)sさんが%(what)sと約束する目安を決めました"),
    Deed.LIMIT_ENDED: _("%(who)sさんが%(what)sと約束した目安を終わりにしました"),
    Deed.VISITOR_BLOCKED: _("%(who)sさんが%(what)sの受付を停止しました"),
    Deed.BLOCK_LIFTED: _("%(who)sさんが%(what)sの受付停止を解除しました"),
    Deed.HOLD_PLACED: _("%(who)sさんが%(what)sに法的保留をかけました"),
    Deed.HOLD_ENDED: _("%(who)sさんが%(what)sの法的保留を終えました"),
    Deed.PERSON_ERASED: _("%(who)sさんが%(what)sの個人情報を消しました"),
    Deed.ERASURE_CERTIFIED: _("%(who)sさんが%(what)sの削除証明書を書き出しました"),
    Deed.RETENTION_SWEPT: _("%(what)sで、保存期間の過ぎたものが消えました"),
    Deed.CONTRACT_END_SET: _("%(who)sさんが契約の終了による削除の日を決めました"),
    Deed.CONTRACT_END_WITHDRAWN: _("%(who)sさんが契約の終了による削除を取り消しました"),
    Deed.CONTRACT_ENDED: _("契約の終了により、個人情報をすべて消し終えました"),
    Deed.DISCLOSURE_ASKED: _("%(who)sさんが%(what)sの開示の求めを受けました"),
    Deed.DISCLOSURE_TAKEN: _("%(who)sさんが%(what)sの開示のファイルを受け取りました"),
    Deed.PERSON_INVITED: _("%(who)sさんが%(what)sを招待しました"),
    Deed.INVITATION_WITHDRAWN: _("%(who)sさんが%(what)sへの招待を取り下げました"),
    Deed.INVITATION_ACCEPTED: _("%(who)sさんが招待を受けました"),
    Deed.JOIN_LINK_MADE: _("%(who)sさんがボランティアの応募リンクを作りました"),
    Deed.JOIN_LINK_REVOKED: _("%(who)sさんがボランティアの応募を締め切りました"),
    Deed.APPLICATION_DECIDED: _("%(who)sさんがボランティアの応募に返事をしました"),
    Deed.PERSON_CHANGED: _("%(who)sさんが%(what)sの登録を変えました"),
    Deed.ROLES_CHANGED: _("%(who)sさんが%(what)sの役割を変えました"),
    Deed.PERSON_REMOVED: _("%(who)sさんが%(what)sを窓口から外しました"),
    Deed.PERSON_DEACTIVATED: _("%(who)sさんが%(what)sの利用を止めました"),
    Deed.PERSON_REACTIVATED: _("%(who)sさんが%(what)sの利用を再開しました"),
    Deed.TOKEN_MADE: _("%(who)sさんが%(what)sを作りました"),
    Deed.TOKEN_REVOKED: _("%(who)sさんが%(what)sを使えなくしました"),
    Deed.SUBSCRIPTION_MADE: _("%(who)sさんが%(what)sを加えました"),
    Deed.SUBSCRIPTION_CHANGED: _("%(who)sさんが%(what)sへの通知を変えました"),
    Deed.ROSTER_PUBLISHED: _("%(who)sさんがシフト表を公開しました"),
    Deed.ROSTER_EXPORTED: _("%(who)sさんがシフト表を書き出しました"),
    Deed.HOURS_EXPORTED: _("%(who)sさんが勤務時間を書き出しました"),
    Deed.AUDIT_EXPORTED: _("%(who)sさんが監査ログを書き出しました"),
    Deed.PROGRAM_FOUNDED: _("%(who)sさんが窓口を作りました"),
    Deed.STAGE_CHANGED: _("%(who)sさんが窓口の公開・受付を切り替えました"),
    Deed.PROGRAM_EXPORTED: _("%(who)sさんが窓口の設定を書き出しました"),
    Deed.PROGRAM_CHANGED: _("%(who)sさんが窓口の設定を変えました"),
    Deed.CHANNEL_CHANGED: _("%(who)sさんが%(what)sの接続を変えました"),
    Deed.REPLIES_CHANGED: _("%(who)sさんが定型文を変えました"),
    Deed.REPLIES_EXPORTED: _("%(who)sさんが定型文を書き出しました"),
    Deed.QUEUE_DIVERTED: _("%(who)sさんが待機列をSV対応に切り替えました"),
    Deed.QUEUE_RETURNED: _("%(who)sさんが待機列を通常の対応に戻しました"),
    Deed.PERSON_CALLED_IN: _("%(who)sさんが%(what)sに応援をメールで頼みました"),
    Deed.PRACTICE_ERASED: _("%(who)sさんが練習の記録を消しました"),
    Deed.DEBRIEF_TICKED: _("%(who)sさんが%(what)sの相談員との振り返りを済ませました"),
    Deed.DEBRIEF_UNTICKED: _("%(who)sさんが%(what)sの相談員との振り返りを未了に戻しました"),
    Deed.REVIEW_BEGUN: _("%(who)sさんが%(what)sの振り返りシートをはじめました"),
    Deed.REVIEW_READ: _("%(who)sさんが%(what)sの振り返りシートを開きました"),
    Deed.REVIEW_TAKEN_OVER: _("%(who)sさんが%(what)sの振り返りシートを引き継ぎました"),
    Deed.REVIEW_FINISHED: _("%(what)sの振り返りシートが、二人の確認で終わりました"),
    Deed.REFERRAL_READ: _("%(who)sさんが%(what)sのつなぎを開きました"),
    Deed.REFERRAL_MADE: _("%(who)sさんが%(what)sをつなぎました"),
    Deed.REFERRAL_CHANGED: _("%(who)sさんが%(what)sのつなぎを書きました"),
    Deed.REFERRAL_WITHDRAWN: _("%(who)sさんが%(what)sのつなぎへの同意の撤回を書きました"),
    Deed.LETTER_MADE: _("%(who)sさんが%(what)sの紹介状を作りました"),
    Deed.LETTER_PRINTED: _("%(who)sさんが%(what)sの紹介状を書き出しました"),
    Deed.AGENCY_CHANGED: _("%(who)sさんが%(what)sの記載を変えました"),
    Deed.AGENCIES_IMPORTED: _("%(who)sさんが関係機関を取り込みました"),
    Deed.AGENCIES_EXPORTED: _("%(who)sさんが関係機関を書き出しました"),
    Deed.RESULTS_EXPORTED: _("%(who)sさんが結果を書き出しました"),
    Deed.RESULTS_FROZEN: _("%(who)sさんが実施報告書の確定版を作るよう頼みました"),
    Deed.RESULTS_RUN_CANCELLED: _("%(who)sさんが実施報告書の確定版を作るのを取りやめました"),
    Deed.RESULTS_RELEASED: _("%(who)sさんが実施報告書の確定版を委託元に公開しました"),
    Deed.RESULTS_WITHDRAWN: _("%(who)sさんが実施報告書の確定版の公開を取り下げました"),
    Deed.RESULTS_PUBLISHED: _("%(who)sさんが実施結果をだれでも見られるように公表しました"),
    Deed.RESULTS_UNPUBLISHED: _("%(who)sさんが実施結果の公表をやめました"),
    Deed.REPORT_SHEETS_CHANGED: _("%(who)sさんが委託元の様式を変えました"),
    Deed.COMPARATORS_CHANGED: _("%(who)sさんが比較する他の媒体の件数を変えました"),
}
