// What is said of failures, in words a tired person understands, by the codes of the API.
import type { Language } from "./time";

/** The page's language; Japanese unless it says English. */
export function pageLanguage(): Language {
  return document.documentElement.lang.startsWith("en") ? "en" : "ja";
}

const otherwise: Record<Language, string> = {
  ja: "うまくいきませんでした。少し待って、もう一度お試しください。",
  en: "That did not work. Please wait a moment and try again.",
};

const messages: Record<Language, Record<string, string>> = {
  ja: {
    unreachable: "つながりません。書いたものは残っています。",
    signed_out: "ログインが切れました。",
    not_found: "見つかりません。担当が替わったか、閉じられた可能性があります。",
    too_often: "続けて操作したため、少しお待ちください。",
    too_long: "長すぎます。分けて書いてください。",
    invalid: "内容を確かめてください。",
    cannot_move: "状態が変わったため、できませんでした。画面を確かめてください。",
    taken: "ほかの相談員が先に受けました。",
    no_room: "同時に対応できる人数がいっぱいです。",
    client_id_reused: "同じ番号で別のことばが届いています。もう一度書いて送ってください。",
    nobody_waits: "いまお待ちの方はいません。",
    no_session: "この相談は終わっています。",
  },
  en: {
    unreachable: "No connection. What you wrote is kept.",
    signed_out: "You are signed out.",
    not_found: "Not found. It may have been handed over or closed.",
    too_often: "Too many requests at once. Please wait a little.",
    too_long: "This is too long. Please send it in parts.",
    invalid: "Please check what you entered.",
    cannot_move: "This changed meanwhile, so it could not be done. Please look again.",
    taken: "Another counselor was first.",
    no_room: "All places at once are taken.",
    client_id_reused: "Other words have come with the same number. Please write and send them again.",
    nobody_waits: "Nobody is waiting now.",
    no_session: "This session has ended.",
  },
};

const byStatus: Record<number, string> = {
  0: "unreachable",
  400: "invalid",
  403: "signed_out",
  404: "not_found",
  413: "too_long",
  429: "too_often",
};

/** The code of an answer that brought none. */
export function codeOfStatus(status: number): string {
  return byStatus[status] ?? "trouble";
}

/** What to tell a person about a failure. */
export function failureText(code: string, language: Language = pageLanguage()): string {
  return messages[language][code] ?? otherwise[language];
}
