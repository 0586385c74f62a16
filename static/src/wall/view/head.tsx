// The head of the wall: whether the line is up, the way to the console, and what one likes.
import { MessagesSquare } from "lucide";
import { Icon } from "../../lib/icon";
import { LineMark } from "../../staff/view/bars";
import { Drop } from "../../staff/view/drop";
import { t } from "../words";
import { useWall } from "./context";

export function Head() {
  const wall = useWall();
  const { name } = wall.me.value;
  return (
    <header class="head">
      <a class="brand" href="/" title={t.home}>
        Madoguchi
      </a>
      <h1 class="wall-title">{t.heading}</h1>
      <span class="head-gap" />
      <LineMark />
      <a class="button button-small" href="/console/">
        <Icon of={MessagesSquare} />
        {t.toConsole}
      </a>
      <Drop class="me-menu" label={t.menu(name)} summary={name}>
        {(shut) => {
          const open = (dialog: "preferences" | "keys") => () => {
            shut();
            wall.window.ask(dialog);
          };
          return (
            <div class="menu-list">
              <button type="button" class="menu-item" onClick={open("preferences")}>
                {t.preferences}
              </button>
              <button type="button" class="menu-item" onClick={open("keys")}>
                {t.keys}
              </button>
              <a class="menu-item" href="/accounts/logout/">
                {t.signOut}
              </a>
            </div>
          );
        }}
      </Drop>
    </header>
  );
}
