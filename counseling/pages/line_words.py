"""The connection to LINE in words: how each step stands, and what to do."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from counseling.connection import HARMLESS, OK, Step, Trouble

Words = tuple[str | Promise, str | Promise]

STEPS: dict[str, str | Promise] = {
    Step.ACCOUNT: _("公式アカウント"),
    Step.ADDRESS: _("Webhook URL"),
    Step.TEST: _("LINEからの呼び出し"),
    Step.MODE: _("チャットの設定"),
    Step.USAGE: _("送信数"),
}
SERVER = _("しばらくしてから、もう一度確かめてください。続くときは、サーバーの担当者に知らせてください。")
# Why LINE gave no answer, and what to do: the same whatever was asked.
TROUBLES: dict[str, Words] = {
    Trouble.NO_TOKEN: (
        _("アクセストークンが登録されていません。"),
        _("「1. 鍵を登録する」で、チャネルアクセストークンを登録してください。"),
    ),
    Trouble.TOKEN: (
        _("アクセストークンが正しくないか、取り消されています。"),
        _("LINE Developersでチャネルアクセストークン(長期)を発行し直して、登録してください。"),
    ),
    Trouble.FORBIDDEN: (
        _("このアカウントには、LINEがこの操作を許していません。"),
        _("アカウントが停止されていないか、チャネルの種類が「Messaging API」かを、LINEの画面で確かめてください。"),
    ),
    Trouble.RATE: (
        _("短いあいだに何度も問い合わせたため、LINEに断られました。"),
        _("1時間ほど待ってから、もう一度試してください。"),
    ),
    Trouble.REFUSED: (_("LINEがこの問い合わせを受け付けませんでした。"), SERVER),
    Trouble.DOWN: (_("LINEの側で障害が起きています。"), _("しばらくしてから、もう一度試してください。")),
    Trouble.TIMEOUT: (_("LINEから時間内に返事がありませんでした。"), SERVER),
    Trouble.UNREACHABLE: (
        _("このサーバーからLINEに接続できませんでした。"),
        _("サーバーの担当者に、api.line.me への通信が通るかを確かめてもらってください。"),
    ),
    Trouble.UNREADABLE: (_("LINEから届いた返事を読めませんでした。"), SERVER),
    Trouble.BUSY: (
        _("ほかの人がLINEに問い合わせているところです。"),
        _("少し待ってから、もう一度試してください。"),
    ),
}
FINDINGS: dict[tuple[str, str], Words] = {
    (Step.ACCOUNT, OK): (_("つながりました。"), ""),
    (Step.ACCOUNT, "changed"): (
        _("前とは別の公式アカウントです。"),
        _(
            "取り替えたのなら、このままで大丈夫です。前のアカウントに届いた言葉は、もうここには届きません。まちがいなら、鍵を登録し直してください。"
        ),
    ),
    (Step.ACCOUNT, "elsewhere"): (
        _("この公式アカウントは、ほかの窓口でも使われています。"),
        _("LINEが言葉を届ける先は、1つのアカウントに1つだけです。窓口ごとに公式アカウントを用意してください。"),
    ),
    (Step.ADDRESS, OK): (_("この窓口のアドレスになっています。"), ""),
    (Step.ADDRESS, "unset"): (_("まだ設定されていません。"), _("「LINEに設定する」を押してください。")),
    (Step.ADDRESS, "other"): (
        _("この窓口のものではないアドレスが設定されています。"),
        _("ほかで使っていないアカウントなら、「LINEに設定する」を押すと置き換わります。"),
    ),
    (Step.ADDRESS, "inactive"): (
        _("「Webhookの利用」がオフです。言葉はまだ届きません。"),
        _("LINE Developersの「Messaging API設定」で「Webhookの利用」をオンにしてください。"),
    ),
    (Step.TEST, OK): (_("届き、署名も合いました。"), ""),
    (Step.TEST, "signature"): (
        _("届きましたが、署名が合いませんでした。"),
        _("チャネルシークレットが、このアカウントのものではありません。正しいものを登録し直してください。"),
    ),
    (Step.TEST, "could_not_connect"): (
        _("LINEが、この窓口のアドレスに接続できませんでした。"),
        _(
            "サーバーの担当者に、インターネットからhttpsで開けるか、証明書の期限が切れていないかを確かめてもらってください。"
        ),
    ),
    (Step.TEST, "request_timeout"): (_("届きましたが、返事が間に合いませんでした。"), SERVER),
    (Step.TEST, "missing"): (
        _("届きましたが、この窓口のアドレスが見つかりませんでした。"),
        _("サーバーの担当者に、SITE_URLと、前に立つサーバーの設定を確かめてもらってください。"),
    ),
    (Step.TEST, "away"): (_("届きましたが、データベースが応答していません。"), SERVER),
    (Step.TEST, "status"): (_("届きましたが、こちらがエラーを返しました。"), SERVER),
    (Step.TEST, "unclassified"): (_("LINEにも理由のわからない失敗でした。"), SERVER),
    (Step.MODE, OK): (_("LINE側のチャットはオフです。"), ""),
    (Step.MODE, "chat"): (
        _("LINE側のチャットがオンです。"),
        _(
            "LINEの自動応答と返事が重なり、相談の言葉がLINEの管理画面でも読めてしまいます。"
            "LINE Official Account Managerの「設定」→「応答設定」で「チャット」をオフにしてください。"
        ),
    ),
    (Step.USAGE, OK): (_("数えました。"), ""),
    (Step.USAGE, "unlimited"): (_("上限はありません。"), ""),
}


@dataclass(frozen=True)
class Told:
    """One step of the check in words; `todo` is empty where nothing is to do."""

    step: str | Promise
    is_fine: bool
    said: str | Promise
    todo: str | Promise


def told(findings: list[list[str]]) -> list[Told]:
    """What a check found, in words. Codes of another version are told as what could not be read."""
    return [Told(STEPS.get(step, step), code in HARMLESS, *_words(step, code)) for step, code in findings]


def _words(step: str, code: str) -> Words:
    return FINDINGS.get((step, code)) or TROUBLES.get(code) or TROUBLES[Trouble.UNREADABLE]


def trouble_words(trouble: str) -> str:
    """Why LINE gave no answer, and what to do, in one line."""
    return " ".join(str(part) for part in TROUBLES[trouble])


def headline(*, has_secrets: bool, steps: list[Told]) -> str | Promise:
    """Where the set-up stands, in the page's first sentence."""
    if not has_secrets:
        return _("まだLINEとつながっていません。上から順に進めると、LINEで相談を受けられるようになります。")
    if not steps:
        return _("鍵は登録されています。「接続を確かめる」を押して、つながっているかを確かめてください。")
    if all(one.is_fine for one in steps):
        return _("LINEとつながっています。")
    return _("LINEとの接続に、確かめていただきたいことがあります。")
