// A wall with two programs, for the tests of this folder.
import { board, me } from "../staff/sample";
import type { First } from "./interfaces";

const [women] = me().programs;

/** Mio, who supervises two programs. */
export const mio = () =>
  me({
    id: 9,
    name: "三浦",
    programs: women
      ? [1, 2].map((id) => ({
          ...women,
          id,
          slug: `program-${id}`,
          name: id === 1 ? "女性相談" : "ひとり親相談",
          roles: ["supervisor"],
          rights: [...women.rights, "steer"],
        }))
      : [],
  });

export const first = (more: Partial<First> = {}): First => ({
  me: mio(),
  profile_labels: { qualifications: {}, languages: { en: "英語" }, can_take: {} },
  boards: [board(), board({ program: 2, serial: 8 })],
  ...more,
});
