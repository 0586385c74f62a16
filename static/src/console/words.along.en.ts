// What the console says of reading along, whispering and stepping in, in English.
import type { alongJa } from "./words.along.ja";

export const alongEn: typeof alongJa = {
  readAlong: "Read along",
  readTitle: (name) => `Read along with visitor ${name}`,
  readWhy: "Why you read along",
  readWhyHelp: "Reading a talk that is not yours is kept in the audit log with this reason. The visitor sees nothing.",
  readReasons: {
    watch: "Watching over",
    asked: "The counselor asked",
    urgency: "Worried about the risk",
    training: "Training",
    other: "Other",
  },
  others: (count) => `Talks of others: ${count}`,
  alongList: "Reading along",
  along: "You are reading along.",
  alongWhy: (reason) => `Reason: ${reason}. The visitor sees nothing.`,
  alongAlmostOver: "It is almost an hour since you gave the reason.",
  goOnReading: "Go on reading",
  stopReading: "Stop reading",
  alongOver: (name) =>
    `An hour has passed since you gave the reason: the talk with visitor ${name} left the screen. Give it again to go on.`,
  alongGone: (name) => `You can no longer read along with visitor ${name}.`,
  notLive: "That talk is not among those that go on now.",
  watchedBy: (names) => `SV reading along: ${names.join(", ")}`,

  stepIn: "Write to the visitor myself",
  stepOut: "Stop writing",
  stepsIn: (name, counselor) => `What you write here reaches visitor ${name}. The talk stays with ${counselor}.`,
  stepInTo: (name) => `Write to visitor ${name} as SV`,
  takeOver: "Take over",
  takeOverHelp: (counselor) => `Choosing takes it over at once. ${counselor} is told by whom and why.`,
  because: {
    risk: "The risk is high",
    asked: "The counselor asked",
    rest: "The counselor needs a rest",
    other: "Another reason",
  },
  takenOver: (name, by, why) => `${by} took over visitor ${name} (${why}). The talk left your screen.`,
  giveBack: (name) => `Give back to ${name}`,
  giveBackTitle: (name, counselor) => `Give visitor ${name} back to ${counselor}`,

  callConsult: "Ask a supervisor",
  callUrgent: "Urgent",
  called: {
    consult: (time: string) => `Calling a supervisor ${time}`,
    urgent: (time: string) => `Calling a supervisor urgently ${time}`,
  },
  callNext: (time: string) => `If nobody answers, others are told in ${time}.`,
  callSteps: ["", "Other supervisors were told by mail, too.", "Administrators were told by mail, too."],
  callAnswered: (name: string) => `${name} has answered. You can whisper to each other.`,
  takeCallBack: "Take the call back",
  endCall: "End the call",

  whispers: "Whispers",
  whispersWith: (name) => `Whispers about visitor ${name}`,
  whispersHelp: "Between counselor and SV alone. Never sent to the visitor.",
  whisperLabel: (name) => `Whisper about visitor ${name} (never sent to the visitor)`,
  whisperHere: "Whisper inside…",
  whisper: "Whisper",
};
