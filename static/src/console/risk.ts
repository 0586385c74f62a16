// How urgent a talk is: the form that is asked, as far as it was answered, and what its answers suggest.
import { signal } from "@preact/signals";
import type { RiskForm, RiskQuestion, RiskRule, RiskState } from "../protocol";

export type RiskAnswers = Record<string, string | number | string[]>;

const isBlankAnswer = (answer: unknown) =>
  answer === undefined || (typeof answer === "string" && !answer.trim()) || (Array.isArray(answer) && !answer.length);

/** The questions that are asked of somebody who answered so, in their order. */
export function askedOf(form: RiskForm, answers: RiskAnswers): RiskQuestion[] {
  const asked: RiskQuestion[] = [];
  for (const question of form.questions) {
    const on = question.shown_if;
    const given = on && asked.some((one) => one.key === on.key) ? answers[on.key] : undefined;
    const holds = [given].flat().some((one) => on?.values.includes(String(one)));
    if (!on || holds) asked.push(question);
  }
  return asked;
}

/** The answers to what is asked; blanks are none. */
export function answered(form: RiskForm, answers: RiskAnswers): RiskAnswers {
  const kept = askedOf(form, answers).filter(({ key }) => !isBlankAnswer(answers[key]));
  return Object.fromEntries(kept.map(({ key }) => [key, answers[key] ?? ""]));
}

/** Of answers to another version what this one takes: nothing of it has to be chosen again. */
export function carriedOver(form: RiskForm, answers: RiskAnswers): RiskAnswers {
  const takes = ({ kind, choices }: RiskQuestion, one: string) => {
    if (kind === "yes_no") return one === "yes" || one === "no";
    return !choices.length || choices.some(({ value }) => value === one);
  };
  const kept = form.questions.filter((question) => {
    const given = answers[question.key];
    if (given === undefined || Array.isArray(given) !== (question.kind === "choices")) return false;
    return [given].flat().every((one) => takes(question, String(one)));
  });
  return Object.fromEntries(kept.map(({ key }) => [key, answers[key] ?? ""]));
}

export interface Suggestion {
  level: number;
  /** The questions whose answers lead to it. */
  because: string[];
}

/** As counseling/criteria.py reads the same table: the first rule that holds, none of them is level 0. */
export function suggest(rules: RiskRule[], answers: RiskAnswers): Suggestion | null {
  const known = Object.keys(answers).filter((key) => rules.some((rule) => key in rule.answers));
  if (!known.length) return null;
  const holds = (rule: RiskRule) =>
    Object.entries(rule.answers).every(([key, wanted]) => wanted.includes(answers[key] as string));
  const rule = rules.find(holds);
  return rule ? { level: rule.level, because: Object.keys(rule.answers) } : { level: 0, because: known };
}

/** The form of one talk. What was filled in stays until it is kept, whatever else is looked at meanwhile. */
export class RiskSheet {
  readonly shown = signal(false);
  /** Somebody asked for it: it takes the keyboard once it is drawn. */
  readonly wanted = signal(false);
  /** As the server told it last. */
  readonly state = signal<RiskState | null>(null);
  readonly answers = signal<RiskAnswers>({});
  /** The level a person chose; until then it follows the answers. */
  readonly chosen = signal<number | null>(null);
  readonly word = signal("");
  /** The program asks something else since this was opened. */
  readonly formChanged = signal(false);
  /** The talk's version when its risk changed last: what was read before is old. */
  readonly changedAt = signal(0);
  /** What the answers are filled in from, as long as nobody touched them. */
  readonly fromBefore = signal(false);
  /** Somebody fills it in. */
  readonly begun = signal(false);
  private clientId = "";

  /** Take in what the server says; what somebody is filling in stays. */
  learn(state: RiskState): void {
    const before = this.state.peek();
    this.state.value = state;
    if (!this.begun.peek()) {
      this.answers.value = state.given;
      this.fromBefore.value = Object.keys(state.given).length > 0;
    } else if (before && before.form.version !== state.form.version) {
      this.answers.value = carriedOver(state.form, this.answers.peek());
      this.formChanged.value = true;
    }
  }

  answer(key: string, answer: string | number | string[]): void {
    this.answers.value = { ...this.answers.peek(), [key]: answer };
    this.touch();
  }

  choose(level: number): void {
    this.chosen.value = level;
    this.touch();
  }

  write(word: string): void {
    this.word.value = word;
    this.touch();
  }

  /** Another judgement than the one that was tried before. */
  private touch(): void {
    this.begun.value = true;
    this.clientId = "";
  }

  get suggestion(): Suggestion | null {
    const form = this.state.value?.form;
    return form ? suggest(form.rules, answered(form, this.answers.value)) : null;
  }

  get level(): number | null {
    return this.chosen.value ?? this.suggestion?.level ?? null;
  }

  /** Whether the level is another than the answers suggest. */
  get differs(): boolean {
    return this.level !== null && this.level !== this.suggestion?.level;
  }

  /** What is sent: the same judgement keeps its id however often it is tried. */
  toSend(level: number) {
    const form = this.state.peek()?.form;
    this.clientId ||= crypto.randomUUID();
    return {
      client_id: this.clientId,
      form: form?.version ?? 0,
      answers: form ? answered(form, this.answers.peek()) : {},
      level,
      word: this.word.peek().trim(),
    };
  }

  /** It was kept, or the talk is nobody's to see any more. */
  forget(): void {
    this.clientId = "";
    this.begun.value = this.shown.value = this.formChanged.value = this.fromBefore.value = false;
    this.state.value = this.chosen.value = null;
    this.answers.value = {};
    this.word.value = "";
  }
}
