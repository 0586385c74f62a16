// What the wall says, in English.
import type { Words } from "./words.ja";

const sessions = (count: number) => (count === 1 ? "1 session" : `${count} sessions`);
const people = (count: number) => (count === 1 ? "1 person" : `${count} people`);

export const en: Words = {
  heading: "Wall",
  toConsole: "Console",

  programs: "Programs",
  menuOf: (name) => `Actions for ${name}`,
  acts: "Actions",
  waitNobody: "nobody waits",
  divert: "Divert the queue to supervisors",
  endDiversion: "Give the queue back to everybody",
  pause: "Stop reception",
  endPause: "Receive again",
  callIn: "Ask people off duty to come",
  alarms: "Needs you now",
  alarmKinds: { unattended: "Nobody answers somebody at high risk", lost: "A counselor's connection was lost" },
  moreAlarms: (count) => `and ${count} more (first in the list below)`,
  showCard: (name, risk) => `Risk ${risk}: show visitor ${name} in the list`,

  turns: {
    divert: {
      title: (name) => `Divert the queue of “${name}” to supervisors?`,
      help: "Only supervisors take those who wait and will wait. What is offered to counselors is taken back. Talks go on.",
      go: "Divert to supervisors",
    },
    endDiversion: {
      title: (name) => `Give the queue of “${name}” back to everybody?`,
      help: "Counselors on duty can take those who wait again.",
      go: "Give it back",
    },
    pause: {
      title: (name) => `Stop reception at “${name}”?`,
      help: "From now on nobody new is taken. Visitors are told so, with emergency contacts. Those who wait and talks go on.",
      go: "Stop reception",
    },
    endPause: {
      title: (name) => `Receive again at “${name}”?`,
      help: "Within its hours the program takes new sessions at once.",
      go: "Receive again",
    },
  },

  filters: "Filters",
  filterProgram: "Program",
  filterCounselor: "Counselor",
  filterState: "State",
  filterRisk: "Risk",
  everyProgram: "All programs",
  everybody: "Everybody",
  everyState: "Any state",
  everyRisk: "Any",
  riskFrom: (name) => `${name} and above`,
  clear: "Clear filters",
  hidden: (count) => `The filters hide ${sessions(count)}.`,
  hiddenHigh: (count) => `${sessions(count)} at high risk or above ${count === 1 ? "is" : "are"} hidden.`,

  cards: "Live sessions",
  sessions,
  cardsEmpty: "There is no live session now.",
  cardsEmptyHelp: "Sessions stand here as soon as they begin. Leave this page open: it renews itself.",
  cardsHidden: "No session fits the filters.",
  open: (name) => `Open the session of visitor ${name}`,
  choose: (name) => `Choose visitor ${name}`,
  with: (name, load, capacity) => `${name} ${load}/${capacity}`,
  offeredTo: (name) => `offered to ${name}`,
  ourSilence: (time) => `our silence ${time}`,
  lostSince: (time) => `lost for ${time}`,

  chosen: (count) => `${count} chosen`,
  reassign: "Reassign…",
  reassignIn: (name, count) => `Reassign ${count} of ${name}…`,
  unchoose: "Clear the choice",
  reassignTitle: (count) => `Reassign ${sessions(count)}`,
  reassignGo: "Reassign",
  requeueGo: "Back to the queue",
  oneSummaryForAll: "The same summary goes with every session you chose. Only the next counselor reads it.",
  roomFor: (room) => `room for ${room}`,
  roomForSome: (room, of) => `room for ${room} of ${of}`,
  someLeft: (count, of) =>
    of === count
      ? "None could be done. The reasons stand above."
      : `${count} of ${of} could not be done. The reasons stand above.`,
  reassigned: (count) => `${sessions(count)} reassigned.`,
  nothingChosen: "Nothing is left to reassign. Somebody else was first, or they have ended.",

  crew: "Counselors",
  working: "On duty",
  away: "On a break",
  off: (count) => `Off duty: ${count}`,
  nobodyWorks: "Nobody is on duty now.",
  notPresent: "no console open",
  calledAt: (at) => `asked to come ${at}`,
  until: (at) => `until ${at}`,
  overSince: (at) => `ended ${at}`,

  callInTitle: (name) => `Ask for help at “${name}” by mail`,
  callInHelp: "Each gets one mail with the program's name and a link to check in. Nothing of any session is in it.",
  callInWho: "Whom",
  callInNobody: "Nobody is off duty.",
  callInMissing: "Please choose whom to ask.",
  callInGo: "Send the mail",
  calledIn: (count) => `${people(count)} asked to come.`,
  nextShift: (span) => `next shift ${span}`,
  shiftRuns: (span) => `on shift, not checked in: ${span}`,
  noShift: "no shift planned",
  lastCalled: (at) => `asked at ${at}`,
  lastCalledBy: (at, name) => `asked at ${at} by ${name}`,
  notSentYet: "(mail not sent yet)",
  otherRole: "Staff",
  callAgainIn: (minutes) => `again in ${minutes} min`,

  prefSoundHelp: "Plays when risk becomes high and when a counselor's connection is lost.",
  keyList: [
    ["Alt+1", "Go to the sessions"],
    ["Alt+2", "Go to the counselors"],
    ["Alt+3", "Go to the filters"],
    ["↑ / ↓", "Previous / next session (in the list)"],
    ["X", "Choose a session, or not (in the list)"],
    ["Enter", "Open the session (in the list)"],
    ["Alt+R", "Reassign what is chosen"],
    ["Esc", "Close a window"],
    ["?", "Open this list"],
  ],
};
