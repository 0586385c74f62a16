// Questions that are asked only after certain answers: without this script they stand there with a note for whom.

/** From now on a question is shown only while it is asked. What was typed stays, in case the answer comes back. */
export function followConditions(form: HTMLFormElement): void {
  const questions = [...form.querySelectorAll<HTMLElement>("[data-after]")];
  for (const note of form.querySelectorAll<HTMLElement>(".question-condition")) note.hidden = true;
  const look = () => {
    const given = new FormData(form);
    const unasked = new Set<string>();
    // In the page's order: a condition only ever looks back.
    for (const question of questions) {
      const { after = "", values = "" } = question.dataset;
      const answers = unasked.has(after) ? [] : given.getAll(after);
      question.hidden = !answers.some((answer) => values.split(" ").includes(String(answer)));
      if (question.hidden) unasked.add(question.id.replace("field-", ""));
    }
  };
  form.addEventListener("change", look);
  look();
}
