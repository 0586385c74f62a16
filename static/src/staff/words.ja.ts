// What every page of staff says that shows sessions and people, in Japanese.
import type { Hindrance } from "./board";
import type { Part } from "./me";

export const ja = {
  // Head
  receiving: "受付中",
  intakeClosed: "受付終了・対応中",
  notReceiving: "受付時間外",
  intakeUntil: (at: string) => `受付締切 ${at}`,
  closesAt: (at: string) => `${at}まで`,
  opensAt: (at: string) => `次は${at}から`,
  waitingNow: (count: number) => `待機 ${count}人`,
  longest: (time: string) => `最長 ${time}`,
  load: (load: number, capacity: number) => `${load}/${capacity}件`,
  menu: (name: string) => `${name}さんのメニュー`,
  preferences: "設定",
  keys: "キーの一覧",
  home: "トップページ",
  signOut: "ログアウト",
  lineOpen: "接続中",
  lineOpening: "接続しています…",
  lineLost: "再接続中",
  lineSignedOut: "ログアウト状態",

  // Banners
  lost: "接続が切れました。書いたものは残っています。再接続しています…",
  signedOut: "ログインが切れました。画面の内容と書いたものは残っています。",
  signInAgain: "新しいタブでログインする",
  signedBackIn: "ログインしたので続ける",
  partChanged: {
    joined: (name: string) => `「${name}」の担当に加わりました。`,
    left: (name: string) => `「${name}」の担当から外れました。この窓口のことは、画面から消しました。`,
    changed: (name: string) => `「${name}」での役割が変わりました。画面は、いまの役割に合わせてあります。`,
  } satisfies Record<Part, (name: string) => string>,
  dismissNotice: "読みました",

  // Left
  offers: "あなたへの案内",
  offerLeft: (time: string) => `あと${time}`,
  accept: "受ける",
  decline: "いまは受けない",
  firstVisit: "初回",
  nthVisit: (visits: number) => `${visits}回目`,
  phone: {
    line: "電話番号を案内",
    offered: "電話を提案中",
    agreed: "電話の約束",
    taken: "電話の約束",
    calling: "電話中",
    overdue: "電話が遅れています",
    moved: "電話で話した",
  } as Record<string, string>,
  trial: "試し",
  practice: "練習",
  practiceHelp: "練習用の窓口です。件数には入りません。",
  trialHelp: "試しの相談です。件数には入りません。",
  line: "LINE",
  web: "ウェブ",

  // Risk
  risk: "緊急度",
  riskNames: ["未評価", "低", "中", "高", "緊急"],
  riskOf: (name: string) => `緊急度 ${name}`,

  // Clocks
  waits: (time: string) => `お待たせ ${time}`,
  waitsLong: (time: string) => `お待たせ ${time}・長い`,
  silent: (time: string) => `返信なし ${time}`,
  waitingFor: (time: string) => `${time}待ち`,
  waitingLong: (time: string) => `${time}・長い`,

  // Talk
  states: {
    intake: "受付中",
    waiting: "待機中",
    active: "対応中",
    held: "保留中",
    wrap_up: "終了・まとめ中",
    closed: "終了",
    abandoned: "対応前に離脱",
    off_hours: "受付時間外",
    out_of_scope: "対象外",
    blocked: "ブロック",
  },

  // Actions
  cancel: "やめる",
  handOverTo: "だれに",
  handOverRoom: (load: number, capacity: number) => `対応 ${load}/${capacity}件`,
  handOverNobody: "いま余裕のある相談員がいません。待機列に戻すことはできます。",
  summaryLabel: "引継ぎの要点",
  summaryHelp: "次の相談員だけが読みます。これまでの話、いまの気持ち、気をつけることを短く。",
  summaryMissing: "引継ぎの要点を書いてください。",
  toMissing: "引き継ぐ相手を選んでください。",

  // Preferences
  prefSound: "音で知らせる",
  prefDesktop: "デスクトップ通知で知らせる",
  prefDesktopHelp: "内容は通知に出ません。",
  prefDesktopDenied: "ブラウザーが通知を止めています。ブラウザーの設定で許可してください。",
  done: "閉じる",

  // Notices
  notSignedOut: "このタブではまだログアウト状態です。新しいタブでログインしてから、もう一度押してください。",
  occasions: {
    message: "新しいメッセージがあります",
    offer: "新しい相談の案内があります",
    handed: "相談が引き継がれました",
    lost: "相談員の接続が切れた相談があります",
    call: "SVが呼ばれています",
    risk: "緊急度の高い相談があります",
    whisper: "ささやきが届いています",
    time: "画面に時間のお知らせがあります",
  },

  // Calls for a supervisor
  calls: "SVが呼ばれています",
  callKinds: { consult: "SVに相談", urgent: "緊急", approval: "返信の確認" },
  callBy: (by: string, name: string) => `${by}さん・相談者 ${name}`,
  callSteps: ["", "ほかのSVへメール済み", "管理者へメール済み"],
  answer: "応答する",
  answerCall: (by: string) => `${by}さんの呼び出しに応答する`,

  // The emergency sheet
  sheet: "緊急対応シート",
  sheetOf: (name: string) => `相談者 ${name}の緊急対応シートを新しいタブで開く`,
  reported: (at: string) => `${at} 機関に連絡済み`,

  // Duty
  onDuty: "勤務中",
  offDuty: "勤務外",
  breakReasons: {
    rest: "休憩",
    meal: "食事",
    meeting: "打ち合わせ",
    records: "記録の作成",
    care: "ケアの休憩",
    other: "その他の離席",
  },

  // Hand-over
  toQueue: "待機列に戻す",
  toQueueHelp: "受付の順番と緊急度はそのまま残ります。",
  training: "研修中",
  roles: { counselor: "相談員", trainee: "研修中", supervisor: "SV" } as Record<string, string>,
  hindrances: {
    off_duty: "勤務外",
    away: "離席中",
    absent: "画面を開いていません",
    full: "いっぱいです",
    trainee: "研修中のため、緊急度「高」以上は受けません",
  } satisfies Record<Hindrance, string> as Record<Hindrance, string>,

  // What is arranged for a visitor
  approachThere: "対応方針あり",
  letIn: "停止中・上限超の受付",

  // Sessions that fell away
  lostSessions: "接続が切れた相談",
  lostFor: (time: string) => `接続が切れて ${time}`,
  wasWith: (name: string) => `担当 ${name}`,

  // Reception
  receptionPaused: "受付を止めています",
  diverted: "待機列はSV対応です",
  paused: "受付を停止しています",
  doneBy: (name: string, at: string) => `(${name}さん・${at}から)`,
  doneAt: (at: string) => `(${at}から)`,
  notYetOpen: "準備中の窓口",
  closedForGood: "終了した窓口",
  staffing: (on: number, least: number, supervisors: number, leastSupervisors: number) =>
    `勤務 ${least ? `${on}/${least}` : on}人・SV ${leastSupervisors ? `${supervisors}/${leastSupervisors}` : supervisors}人`,
  lines: (used: number, lines: number) => `回線 ${used}/${lines}`,
  linesHelp: (used: number, lines: number) => `開いている${lines}回線のうち、${used}回線で対応中です。`,

  // Login
  idleEnds: (minutes: number) => `操作がないため、${minutes}分後にログアウトします。`,
  goOn: "続ける",
  loginEnds: (minutes: number, at: string) =>
    `ログインから長い時間がたったため、${minutes}分後(${at})に一度ログアウトします。新しいタブでログインし直すと、この画面は書いたものも残したまま続きます。`,
  loginEndNear: "まもなくログアウトします。",
  signInAnew: "新しいタブでログインし直す",
};

export type Words = typeof ja;
