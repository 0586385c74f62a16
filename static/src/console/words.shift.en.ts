// What the console says of shifts, duty, hand-over and the login, in English.
import type { ShiftWords } from "./words.shift.ja";

const minute = (count: number) => (count === 1 ? "1 minute" : `${count} minutes`);
const session = (count: number) => (count === 1 ? "1 session" : `${count} sessions`);

export const shiftEn: ShiftWords = {
  checkIn: "Check in",
  checkOut: "Check out",
  checkedIn: "You are checked in.",
  checkedOut: "You are checked out. Thank you for your work.",
  takeBreak: "Take a break",
  comeBack: "Come back",
  breakBegan: "Your break has begun. No new sessions will reach you.",
  cameBack: "You are back on duty.",
  onBreak: (reason, at) => `${reason} (since ${at})`,
  dutySince: (at) => `since ${at}`,
  dutyShift: (until, lines) => `shift until ${until} · ${lines} ${lines === 1 ? "line" : "lines"}`,
  dutyUnplanned: "no shift was planned",
  cameLate: (minutes) => `You came ${minute(minutes)} after the shift began. Take your time to settle in.`,
  cameEarly: (minutes) => `You came ${minute(minutes)} before the shift. Thank you.`,
  nextShift: (span) => `Next shift: ${span}`,
  shiftBegun: (at) => `Your shift began at ${at}. Press “Check in” when you are ready.`,
  noShift: "No further shift is planned.",
  myShifts: "My shifts",
  takeOnDuty: "You are off duty. Press “Check in” to take sessions.",
  takeAfterBreak: "You are on a break. Press “Come back” to take sessions.",

  checkOutTitle: (program) => `Check out of “${program}”`,
  checkOutFree: "You have no session. You can check out.",
  checkOutHeld: (count) =>
    `You still have ${session(count)}. Before you check out, hand over, put back into the queue, or end.`,
  checkOutFirst: "There are sessions left. Once those above are handed over, you can check out.",
  noteForNext: "For the next shift (optional)",
  noteForNextHelp: "Internal: only staff of this program read this. Up to 2,000 characters.",
  deedFor: (deed, name) => `${deed}: session of visitor ${name}`,

  shiftEnd: "End of the shift",
  shiftEndNear: "The end of your shift is near.",
  shiftEndsIn: (minutes, at) => `Your shift ends in ${minute(minutes)} (${at}).`,
  shiftEnds: (at) => `Your shift has ended (${at}).`,
  overtime: (minutes) => `Your shift ended ${minute(minutes)} ago.`,
  shiftEndHeld: (count) => `You have ${session(count)}.`,
  shiftEndFree: "You have no session.",
  toCheckOut: "To check-out",

  toSomeone: "Give to somebody",
  lostSummary: (name) => `Passed on because the console of ${name} lost its connection.`,
  found: (name) => `You are back. The session of visitor ${name} goes on with you.`,
  goneTo: (name, to) => `The session of visitor ${name} is with ${to} now. Its words were removed from your screen.`,
  goneToQueue: (name) =>
    `The session of visitor ${name} is back in the queue. Its words were removed from your screen.`,
  typedWords: "Words you had not sent",
  copy: "Copy",
  copied: "Copied",

  byHandHelp: {
    diverted: "A supervisor takes those who wait. Your own sessions go on as they are.",
    paused: "Nobody new is taken. Those who wait and your own sessions go on as they are.",
  },
  divertedQueue: "Supervisors take the queue just now.",
  unstaffed: "Reception is paused until enough people are on duty.",
  unstaffedHelp:
    "Visitors are told that nobody can receive them now, and whom to call in an emergency. It opens once enough people check in.",
  surge: "More lines for a while",
  surgeHelp: "When it is busy: every person gets the set number of lines more.",
  surgeFor: (hours) => (hours === 1 ? "1 hour" : `${hours} hours`),
  surgeUntil: (at) => `There are more lines until ${at}.`,
  endSurge: "Back to normal",

  shiftNotes: "Hand-over notes",
  dueFollowUps: (due) => (due ? `Follow-ups: ${due.late} overdue, ${due.today} due today` : "Follow-ups"),
  shiftNotesHelp: (program) => `Internal: only staff of ${program} read this. Visitors never do.`,
  shiftNotesEmpty: "No notes in the last two weeks. You can leave one for the next shift.",
  shiftNoteHere: "What the next shift should know",
  unreadNotes: (count) => `From the shift before: ${count}`,
  readNotes: "Earlier notes",
  readBy: (names) => `Read by ${names}`,
  readByNobody: "Nobody has read it yet",
  tick: "I have read this",
  tickOf: (name) => `I have read the note of ${name}`,
  leaveNote: "Leave note",
  notesBack: "Close the notes",
};
