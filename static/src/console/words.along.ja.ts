// What the console says of reading along, whispering and stepping in, in Japanese.
export const alongJa = {
  readAlong: "見守る",
  readTitle: (name: string) => `相談者 ${name} の相談を見守る`,
  readWhy: "見守る理由",
  readWhyHelp: "担当していない相談を読んだことは、理由とともに監査ログに残ります。相談者には見えません。",
  readReasons: {
    watch: "見守り",
    asked: "相談員からの依頼",
    urgency: "緊急度が気になる",
    training: "研修",
    other: "その他",
  },
  others: (count: number) => `ほかの人の相談 ${count}件`,
  alongList: "見守り中",
  along: "見守り中です。",
  alongWhy: (reason: string) => `理由: ${reason}。相談者には見えません。`,
  alongAlmostOver: "理由を選んでから、まもなく1時間です。",
  goOnReading: "続けて見守る",
  stopReading: "見守りを終える",
  alongOver: (name: string) =>
    `理由を選んでから1時間たったため、相談者 ${name} の相談を画面から消しました。続けるには、もう一度理由を選んでください。`,
  alongGone: (name: string) => `相談者 ${name} の相談は、見守れなくなりました。`,
  notLive: "その相談は、いま進んでいる相談の中にありません。",
  watchedBy: (names: string[]) => `SVが見ています: ${names.join("、")}`,

  stepIn: "自分も相談者に書く",
  stepOut: "書くのをやめる",
  stepsIn: (name: string, counselor: string) =>
    `ここに書くと、相談者 ${name} さんに届きます。担当は${counselor}さんのままです。`,
  stepInTo: (name: string) => `SVとして相談者 ${name} さんに書く`,
  takeOver: "引き取る",
  takeOverHelp: (counselor: string) => `選ぶとすぐ引き取ります。${counselor}さんには、だれが、なぜかを伝えます。`,
  because: {
    risk: "緊急度が高いため",
    asked: "相談員から頼まれたため",
    rest: "相談員に休んでもらうため",
    other: "そのほかの理由",
  },
  takenOver: (name: string, by: string, why: string) =>
    `相談者 ${name} の相談は、${by}さんが引き取りました(${why})。画面から消しました。`,
  giveBack: (name: string) => `${name}さんに返す`,
  giveBackTitle: (name: string, counselor: string) => `相談者 ${name} の相談を${counselor}さんに返す`,

  callConsult: "SVに相談",
  callUrgent: "緊急",
  called: {
    consult: (time: string) => `SVを呼んでいます ${time}`,
    urgent: (time: string) => `SVを緊急で呼んでいます ${time}`,
  },
  callNext: (time: string) => `応答がなければ、あと${time}でほかの人にも知らせます。`,
  callSteps: ["", "ほかのSVにもメールで知らせました。", "システム管理者にもメールで知らせました。"],
  callAnswered: (name: string) => `${name}さんが応答しました。ささやきで話せます。`,
  takeCallBack: "呼び出しを取り消す",
  endCall: "呼び出しを終える",

  whispers: "ささやき",
  whispersWith: (name: string) => `相談者 ${name} の相談でのささやき`,
  whispersHelp: "相談員とSVだけのやりとりです。相談者には届きません。",
  whisperLabel: (name: string) => `相談者 ${name} の相談でささやく(相談者には届きません)`,
  whisperHere: "内部でささやく…",
  whisper: "ささやく",
};
