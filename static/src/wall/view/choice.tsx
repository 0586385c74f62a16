// What is chosen, at the foot: a button for each program whose sessions are to change hands.
import { ArrowRightLeft } from "lucide";
import { Icon } from "../../lib/icon";
import { t } from "../words";
import { nameOf, useWall } from "./context";

export function ChoiceBar() {
  const wall = useWall();
  const choice = [...wall.choice.value];
  const count = choice.reduce((sum, [, views]) => sum + views.length, 0);
  return (
    <section class="choice-bar" aria-label={t.chosen(count)} hidden={!count}>
      <strong role="status">{t.chosen(count)}</strong>
      {choice.map(([program, views]) => (
        <button
          key={program}
          type="button"
          class="button button-primary"
          onClick={() => wall.window.ask({ reassign: program })}
        >
          <Icon of={ArrowRightLeft} />
          {choice.length > 1 ? t.reassignIn(nameOf(wall, program), views.length) : t.reassign}
        </button>
      ))}
      <button
        type="button"
        class="button button-quiet"
        onClick={() => {
          wall.chosen.value = new Set();
          document.getElementById("main")?.focus();
        }}
      >
        {t.unchoose}
      </button>
    </section>
  );
}
