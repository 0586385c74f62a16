// What every page of staff says that shows sessions and people, in English.
import type { Words } from "./words.ja";

const minute = (count: number) => (count === 1 ? "1 minute" : `${count} minutes`);

export const en: Words = {
  receiving: "Open",
  intakeClosed: "Intake closed, talks go on",
  notReceiving: "Closed",
  intakeUntil: (at) => `intake until ${at}`,
  closesAt: (at) => `until ${at}`,
  opensAt: (at) => `opens ${at}`,
  waitingNow: (count) => `${count} waiting`,
  longest: (time) => `longest ${time}`,
  load: (load, capacity) => `${load}/${capacity}`,
  menu: (name) => `Menu of ${name}`,
  preferences: "Preferences",
  keys: "List of keys",
  home: "Start page",
  signOut: "Sign out",
  lineOpen: "Connected",
  lineOpening: "Connecting…",
  lineLost: "Reconnecting",
  lineSignedOut: "Signed out",

  lost: "The connection is lost. What you wrote is kept. Reconnecting…",
  signedOut: "You are signed out. What is on the screen and what you wrote is kept.",
  signInAgain: "Sign in in a new tab",
  signedBackIn: "I have signed in, go on",
  partChanged: {
    joined: (name) => `You are on the team of “${name}” now.`,
    left: (name) => `You are no longer on the team of “${name}”. All of it was removed from your screen.`,
    changed: (name) => `Your role in “${name}” has changed. Your screen fits it now.`,
  },
  dismissNotice: "I have read this",

  firstVisit: "First visit",
  nthVisit: (visits) => `Visit ${visits}`,
  trial: "Trial",
  trialHelp: "A trial: it counts in no figure.",
  line: "LINE",
  web: "Web",

  risk: "Risk",
  riskNames: ["Not assessed", "Low", "Medium", "High", "Emergency"],
  riskOf: (name) => `Risk: ${name}`,

  waits: (time) => `Waits ${time}`,
  waitsLong: (time) => `Waits ${time}, too long`,
  silent: (time) => `No reply for ${time}`,
  waitingFor: (time) => time,
  waitingLong: (time) => `${time}, too long`,

  states: {
    intake: "Intake",
    waiting: "Waiting",
    active: "Active",
    held: "On hold",
    wrap_up: "Ended, wrapping up",
    closed: "Closed",
    abandoned: "Left before an answer",
    off_hours: "Outside hours",
    out_of_scope: "Out of scope",
    blocked: "Blocked",
  },

  cancel: "Cancel",
  handOverTo: "To whom",
  handOverRoom: (load, capacity) => `${load}/${capacity} sessions`,
  handOverNobody: "No counselor has room now. You can put it back into the queue.",
  summaryLabel: "Handover summary",
  summaryHelp: "Only the next counselor reads it: what was said, how the person feels, what to mind.",
  summaryMissing: "Please write the handover summary.",
  toMissing: "Please choose whom to hand over to.",

  prefSound: "Tell me by sound",
  prefDesktop: "Tell me by desktop notice",
  prefDesktopHelp: "The notice never shows content.",
  prefDesktopDenied: "The browser blocks notices. Please allow them in the browser's settings.",
  done: "Close",

  notSignedOut: "This tab is still signed out. Sign in in a new tab, then press again.",
  occasions: {
    message: "There is a new message",
    offer: "A session is offered to you",
    handed: "A session was handed to you",
    lost: "A counselor's connection was lost in a session",
    risk: "There is a session at high risk",
    whisper: "Somebody whispered to you",
    time: "There is a notice about the time",
  },

  onDuty: "On duty",
  offDuty: "Off duty",
  breakReasons: { rest: "Break", meal: "Meal", meeting: "Meeting", records: "Writing records", other: "Away" },

  toQueue: "Back to the queue",
  toQueueHelp: "It keeps its place and its risk.",
  training: "In training",
  roles: { counselor: "Counselor", trainee: "In training", supervisor: "Supervisor" },
  hindrances: {
    off_duty: "Off duty",
    away: "On a break",
    absent: "Console not open",
    full: "No room",
    trainee: "In training: takes nobody at high risk",
  },

  lostSessions: "Lost connections",
  lostFor: (time) => `lost for ${time}`,
  wasWith: (name) => `was with ${name}`,

  receptionPaused: "Reception paused",
  diverted: "The queue is diverted to supervisors",
  paused: "Reception is stopped",
  doneBy: (name, at) => `(${name}, since ${at})`,
  doneAt: (at) => `(since ${at})`,
  notYetOpen: "Not open yet",
  closedForGood: "Closed for good",
  staffing: (on, least, supervisors, leastSupervisors) =>
    `on duty ${least ? `${on}/${least}` : on} · supervisors ${leastSupervisors ? `${supervisors}/${leastSupervisors}` : supervisors}`,
  lines: (used, lines) => `lines ${used}/${lines}`,
  linesHelp: (used, lines) => `${used} of ${lines} open lines are in use.`,

  idleEnds: (minutes) => `Nothing was done for a while: you will be signed out in ${minute(minutes)}.`,
  goOn: "Go on",
  loginEnds: (minutes, at) =>
    `You have been signed in for long: you will be signed out in ${minute(minutes)} (${at}). Sign in again in a new tab and this page goes on with everything you wrote.`,
  loginEndNear: "You will soon be signed out.",
  signInAnew: "Sign in again in a new tab",
};
