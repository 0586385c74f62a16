// What the console says of how urgent a talk is, in English.
import type { riskJa } from "./words.risk.ja";

const quoted = (words: string[]) => words.map((word) => `“${word}”`).join(", ");

export const riskEn: typeof riskJa = {
  riskHelp: [
    "Nothing gives cause for concern",
    "In distress, but no talk of danger",
    "Talk of dying, violence or the like, not pressing",
    "A concrete plan, means at hand, or violence going on",
    "A life is in danger now: supervisor at once",
  ],
  riskTitle: (name) => `Risk check: visitor ${name}`,
  riskOpen: "Check the risk",
  riskGoOn: "Go on with the risk check",
  riskNone: "None",
  riskNow: "Now",
  riskBack: "Back (your answers stay)",
  riskLoading: "Getting the questions…",
  riskKeys: "A digit answers and goes on to the next. Ctrl+Enter decides, Esc goes back.",
  riskFromBefore: "These are the answers from last time. Please change what is different now.",
  riskFormChanged: "The questions have just changed. Your answers are kept: please look at them and press once more.",
  riskNoQuestions: "This program asks no questions about risk. Choose a level and say why.",
  riskSuggestion: "The answers suggest",
  riskNoSuggestion: "Answers bring a suggestion.",
  riskBecause: (why) => `Because: ${why}`,
  riskAllClear: "no answer gives cause for concern",
  riskLevel: "Decide the risk",
  riskWord: "A word about it (if you like)",
  riskWordNeeded: "Why it is another than suggested",
  riskWordAlone: "Why you think so",
  riskWordHelp: "Only staff read this.",
  riskLevelMissing: "Please choose a level.",
  riskWordMissing: "Please say in a word why it is another than the answers suggest.",
  riskWordAloneMissing: "Nothing was answered: please say in a word why.",
  riskKeep: (level) => `Set the risk to “${level}”`,
  riskKeepNone: "Set the risk",
  riskKept: (name, level) => `The risk of visitor ${name} is “${level}” now`,
  yes: "Yes",
  no: "No",

  riskHistory: "Changes of the risk",
  riskHistoryEmpty: "No changes yet.",
  riskUnchanged: "unchanged",
  riskByMachine: "by itself",
  riskFound: (meanings, words) => `Found: ${meanings.join(", ")}${words.length ? ` ${quoted(words)}` : ""}`,
  riskSuggested: (level) => `the answers suggested “${level}”`,

  foundWords: "Words of danger",
  foundAs: (meaning, words) => `${meaning}: ${quoted(words)}`,
  meanings: {
    suicide: "wish to die",
    self_harm: "self-harm",
    violence: "violence or crime",
    child_in_danger: "child in danger",
    door: "words written at the door on LINE (not kept)",
  },
};
