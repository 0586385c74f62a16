// What the console says of shifts, duty, hand-over and the login, in Japanese.
import type { DueFollowUps } from "../protocol";

export const shiftJa = {
  // Duty
  checkIn: "出勤",
  checkOut: "退勤",
  checkedIn: "出勤しました。",
  checkedOut: "退勤しました。おつかれさまでした。",
  takeBreak: "休憩に入る",
  comeBack: "戻る",
  breakBegan: "休憩に入りました。新しい相談は届きません。",
  cameBack: "勤務に戻りました。",
  onBreak: (reason: string, at: string) => `${reason}(${at}から)`,
  dutySince: (at: string) => `${at}から`,
  dutyShift: (until: string, lines: number) => `シフト ${until}まで・${lines}回線`,
  dutyUnplanned: "シフトにない勤務です",
  cameLate: (minutes: number) => `シフトの開始から${minutes}分後の出勤です。あわてず始めてください。`,
  cameEarly: (minutes: number) => `シフトより${minutes}分早い出勤です。ありがとうございます。`,
  nextShift: (span: string) => `次のシフト: ${span}`,
  shiftBegun: (at: string) => `シフトは${at}に始まっています。準備ができたら「出勤」を押してください。`,
  noShift: "このあとのシフトは決まっていません。",
  myShifts: "自分のシフト",
  takeOnDuty: "いまは勤務外です。「出勤」を押すと、相談を受けられます。",
  takeAfterBreak: "離席中です。「戻る」を押すと、相談を受けられます。",

  // Check-out
  checkOutTitle: (program: string) => `「${program}」の勤務を終える`,
  checkOutFree: "担当中の相談はありません。退勤できます。",
  checkOutHeld: (count: number) =>
    `担当中の相談が${count}件あります。退勤の前に、引き継ぐか、待機列に戻すか、終えてください。`,
  checkOutFirst: "担当中の相談が残っています。上の相談を引き継ぐと、退勤できます。",
  noteForNext: "次のシフトへの引継ぎ(任意)",
  noteForNextHelp: "内部:この窓口で働く職員だけが読みます。2,000文字まで。",
  deedFor: (deed: string, name: string) => `相談者 ${name} の相談を${deed}`,

  // The end of a shift
  shiftEnd: "シフトの終わり",
  shiftEndNear: "シフトの終わりが近づいています。",
  shiftEndsIn: (minutes: number, at: string) => `あと${minutes}分で、シフトが終わります(${at})。`,
  shiftEnds: (at: string) => `シフトの時間が終わりました(${at})。`,
  overtime: (minutes: number) => `シフトの時間を${minutes}分過ぎています。`,
  shiftEndHeld: (count: number) => `担当中の相談が${count}件あります。`,
  shiftEndFree: "担当中の相談はありません。",
  toCheckOut: "退勤へ",

  // Sessions that fell away
  toSomeone: "だれかに引き継ぐ",
  lostSummary: (name: string) => `${name}さんの画面の接続が切れたため、引き継ぎます。`,
  found: (name: string) => `戻りました。相談者 ${name} の相談は、このまま続けられます。`,
  goneTo: (name: string, to: string) =>
    `相談者 ${name} の相談は、${to}さんに引き継がれました。相談の内容は画面から消しました。`,
  goneToQueue: (name: string) => `相談者 ${name} の相談は、待機列に戻りました。相談の内容は画面から消しました。`,
  typedWords: "送っていなかったことば",
  copy: "コピー",
  copied: "コピーしました",

  // Reception
  byHandHelp: {
    diverted: "待機中の方は、SVが受けます。担当中の相談は、そのまま続けてください。",
    paused: "新しい相談は受け付けません。お待ちの方と担当中の相談は、そのまま続きます。",
  },
  divertedQueue: "いまは待機列をSVが受けています。",
  unstaffed: "人数がそろうまで、受付を止めています。",
  unstaffedHelp:
    "相談者には、いま受け付けられないことと緊急の連絡先を案内しています。出勤した人がそろうと、受付を始めます。",
  surge: "回線を一時的にふやす",
  surgeHelp: "混み合うときに、1人あたりの回線を決められた数だけふやします。",
  surgeFor: (hours: number) => `${hours}時間`,
  surgeUntil: (at: string) => `${at}まで、回線をふやしています。`,
  endSurge: "元に戻す",

  // Notes from shift to shift
  shiftNotes: "引継ぎノート",
  dueFollowUps: (due: DueFollowUps | null | undefined) =>
    due ? `要フォロー: 過ぎている ${due.late}件・今日 ${due.today}件` : "要フォローの一覧",
  shiftNotesHelp: (program: string) => `内部:${program}で働く職員だけが読みます。相談者には届きません。`,
  shiftNotesEmpty: "この2週間の引継ぎはありません。次のシフトに伝えたいことを書いておけます。",
  shiftNoteHere: "次のシフトに伝えること",
  unreadNotes: (count: number) => `前のシフトからの引継ぎ ${count}件`,
  readNotes: "これまでの引継ぎ",
  readBy: (names: string) => `読んだ人: ${names}`,
  readByNobody: "まだだれも読んでいません",
  tick: "読みました",
  tickOf: (name: string) => `${name}さんの引継ぎを読みました`,
  leaveNote: "ノートに残す",
  notesBack: "ノートを閉じる",
};

export type ShiftWords = typeof shiftJa;
