// Who is shown: a name or a skill looked for, a role; and how the keyboard is used.
import { Keyboard } from "lucide";
import { Icon } from "../../lib/icon";
import { t } from "../words";
import { usePlanner } from "./context";

export function Filters() {
  const planner = usePlanner();
  return (
    <div class="roster-filters no-print">
      <label class="visually-hidden" for="roster-search">
        {t.search}
      </label>
      <input
        id="roster-search"
        class="input"
        type="search"
        autocomplete="off"
        placeholder={t.search}
        value={planner.search.value}
        onInput={(event) => {
          planner.search.value = event.currentTarget.value;
        }}
      />
      <label class="visually-hidden" for="roster-role">
        {t.role}
      </label>
      <select
        id="roster-role"
        class="input"
        value={planner.role.value}
        onChange={(event) => {
          planner.role.value = event.currentTarget.value;
        }}
      >
        <option value="">{t.everyRole}</option>
        {planner.roles.map((role) => (
          <option key={role} value={role}>
            {t.roles[role] ?? role}
          </option>
        ))}
      </select>
      <button
        type="button"
        class="button button-quiet"
        onClick={() => {
          planner.panel.value = { kind: "keys" };
        }}
      >
        <Icon of={Keyboard} />
        {t.keysTitle}
      </button>
    </div>
  );
}
