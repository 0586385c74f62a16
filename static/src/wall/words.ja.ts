// What the wall says, in Japanese.
const keyList: [string, string][] = [
  ["Alt+1", "相談の一覧に移る"],
  ["Alt+2", "相談員の欄に移る"],
  ["Alt+3", "絞り込みに移る"],
  ["↑ / ↓", "前/次の相談に移る(一覧の中で)"],
  ["X", "相談を選ぶ・選ぶのをやめる(一覧の中で)"],
  ["Enter", "相談をひらいて読む(一覧の中で)"],
  ["Alt+R", "選んだ相談を引き継ぐ"],
  ["Esc", "窓を閉じる"],
  ["?", "この一覧を開く"],
];

export const ja = {
  heading: "見守りボード",
  toConsole: "相談へ",

  // At the top
  programs: "窓口のようす",
  menuOf: (name: string) => `${name}の操作`,
  acts: "操作",
  waitNobody: "待機なし",
  divert: "待機列をSV対応に切り替える",
  endDiversion: "待機列を通常の対応に戻す",
  pause: "受付を停止する",
  endPause: "受付を再開する",
  callIn: "勤務外の人に応援を頼む",
  alarms: "いま対応が必要です",
  alarmKinds: { unattended: "緊急度の高い方に、だれも応じていません", lost: "相談員の接続が切れました" },
  surveyDanger: "アンケートに、命の危険を示すことばがあります",
  surveyRead: "回答を読む",
  moreAlarms: (count: number) => `ほか${count}件(下の一覧の先頭にあります)`,
  showCard: "を一覧で見る",

  // Windows that ask once more
  turns: {
    divert: {
      title: (name: string) => `「${name}」の待機列をSV対応に切り替えますか`,
      help: "待機中の方と、これから待つ方は、SVだけが受けます。相談員への案内は取り下げます。担当中の相談はそのまま続きます。",
      go: "SV対応に切り替える",
    },
    endDiversion: {
      title: (name: string) => `「${name}」の待機列を通常の対応に戻しますか`,
      help: "待機中の方を、勤務中の相談員も受けられるようになります。",
      go: "通常の対応に戻す",
    },
    pause: {
      title: (name: string) => `「${name}」の受付を停止しますか`,
      help: "いまから新しい相談を受け付けません。相談者には、いま受け付けられないことと緊急の連絡先を案内します。待機中の方と担当中の相談はそのまま続きます。",
      go: "受付を停止する",
    },
    endPause: {
      title: (name: string) => `「${name}」の受付を再開しますか`,
      help: "受付時間の中であれば、すぐに新しい相談を受け付けます。",
      go: "受付を再開する",
    },
  },

  // Filters
  filters: "絞り込み",
  filterProgram: "窓口",
  filterCounselor: "担当",
  filterState: "状態",
  filterRisk: "緊急度",
  everyProgram: "すべての窓口",
  everybody: "全員",
  everyState: "すべての状態",
  everyRisk: "すべて",
  riskFrom: (name: string) => `${name}以上`,
  clear: "絞り込みを解く",
  hidden: (count: number) => `絞り込みで${count}件を隠しています。`,
  hiddenHigh: (count: number) => `緊急度「高」以上の${count}件が隠れています。`,

  // Cards
  cards: "進行中の相談",
  sessions: (count: number) => `${count}件`,
  cardsEmpty: "いま進行中の相談はありません。",
  cardsEmptyHelp: "相談が始まると、ここに並びます。この画面は開いたままで、自動で新しくなります。",
  cardsHidden: "絞り込みに当てはまる相談はありません。",
  drawMore: (count: number) => `続きを表示(あと${count}件)`,
  open: (name: string) => `相談者 ${name} の相談をひらく`,
  choose: (name: string) => `相談者 ${name} を選ぶ`,
  with: (name: string, load: number, capacity: number) => `${name} ${load}/${capacity}件`,
  offeredTo: (name: string) => `${name}さんに案内中`,
  ourSilence: (time: string) => `こちらの沈黙 ${time}`,
  lostSince: (time: string) => `接続が切れて ${time}`,

  // Before consent
  beforeConsent: "同意の前",
  protect: "命を守るために引き受ける…",
  protectTitle: (name: string) => `同意のないまま、相談者 ${name} の相談を引き受けますか`,
  protectHelp:
    "命の危険があるときだけです。同意の前に書かれたことばを読み、あなたが担当になります。監査ログに残ります。緊急の連絡先は、自動でお返ししてあります。",
  protectWhy: "引き受ける理由",
  protectWhyHelp: "内部メモとして残り、相談者には見えません。",
  protectMissing: "理由を書いてください。",
  protectGo: "引き受ける",

  // What is chosen
  chosen: (count: number) => `${count}件を選択中`,
  reassign: "引き継ぐ…",
  reassignIn: (name: string, count: number) => `${name}の${count}件を引き継ぐ…`,
  unchoose: "選択を解く",
  reassignTitle: (count: number) => (count === 1 ? "相談を引き継ぐ" : `${count}件の相談を引き継ぐ`),
  reassignGo: "引き継ぐ",
  requeueGo: "待機列に戻す",
  oneSummaryForAll: "選んだ相談すべてに、同じ要点を添えます。次の相談員だけが読みます。",
  roomFor: (room: number) => `あと${room}件`,
  roomForSome: (room: number, of: number) => `${of}件のうち${room}件だけ引き継げます`,
  someLeft: (count: number, of: number) =>
    of === count
      ? "どれもできませんでした。理由は上のとおりです。"
      : `${of}件のうち${count}件はできませんでした。理由は上のとおりです。`,
  reassigned: (count: number) => `${count}件を引き継ぎました。`,
  nothingChosen: "引き継げる相談が、もうありません。ほかの人が先に引き継いだか、終わっています。",

  // People
  crew: "相談員",
  working: "勤務中",
  away: "離席中",
  off: (count: number) => `勤務外 ${count}人`,
  nobodyWorks: "いま勤務中の人はいません。",
  notPresent: "画面なし",
  heavy: (count: number) => `この勤務で重い相談 ${count}件`,
  careOf: "相談員のケア",
  calledAt: (at: string) => `${at} 応援を依頼`,
  until: (at: string) => `${at}まで`,
  overSince: (at: string) => `${at}で終わり`,

  // Calling people in
  callInTitle: (name: string) => `「${name}」の応援をメールで頼む`,
  callInHelp: "選んだ人に1通ずつ送ります。窓口の名前と、出勤する画面のリンクだけを書き、相談の内容は書きません。",
  callInWho: "だれに",
  callInNobody: "勤務外の人はいません。",
  callInMissing: "応援を頼む人を選んでください。",
  callInGo: "メールを送る",
  calledIn: (count: number) => `${count}人に応援を頼みました。`,
  nextShift: (span: string) => `次のシフト ${span}`,
  shiftRuns: (span: string) => `シフト中(まだ出勤していません) ${span}`,
  noShift: "このあとのシフトはありません",
  lastCalled: (at: string) => `${at}に依頼しました`,
  lastCalledBy: (at: string, name: string) => `${at}に${name}さんが依頼しました`,
  notSentYet: "(メールは送信待ち)",
  otherRole: "職員",
  callAgainIn: (minutes: number) => `あと${minutes}分は頼めません`,

  prefSoundHelp: "緊急度が高くなったときと、相談員の接続が切れたときに鳴らします。",
  keyList,
};

export type Words = typeof ja;
