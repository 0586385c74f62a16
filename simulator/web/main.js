// The page: a row of telephones and the operator's panel, kept true by the live line.

import { fill, h } from "./dom.js";
import { Operator } from "./operator.js";
import { Phone } from "./phone.js";
import { get, listen, post } from "./wire.js";

const KEPT_WEBHOOKS = 100;
const byId = (id) => document.getElementById(id);
const state = { characters: [], channels: [], people: [], settings: {}, faults: [], defects: [], suspects: [], webhooks: [] };
const phones = [];
const operator = new Operator(byId("operator"), state, refresh);
let waiting = null;

/** Fetch everything that is not a talk. */
async function refresh() {
  if (!phones.length) state.characters = await get("/simulator/characters");
  Object.assign(state, await get("/simulator/state"));
  if (!phones.length) firstPhones();
  for (const phone of phones) {
    if (!phone.channel && state.channels.length) await phone.become(phone.user, state.channels[0].channel_id);
    phone.drawHead();
  }
  if (!byId("operator").hidden) operator.draw();
  showAlarm();
}

/** Many changes at once make one fetch. */
function refreshSoon() {
  waiting ??= setTimeout(() => { waiting = null; refresh(); }, 250);
}

/** As many telephones as fit, or those that the address names: `#user@channel,user@channel`. */
function firstPhones() {
  const named = decodeURIComponent(location.hash.slice(1)).split(",").filter(Boolean).map((one) => one.split("@"));
  const known = named.filter(([user]) => state.people.some(({ id }) => id === user));
  const fitting = Math.max(1, Math.min(3, Math.floor(byId("phones").clientWidth / 360)));
  const chosen = known.length ? known : state.people.slice(0, fitting).map(({ id }) => [id, state.channels[0]?.channel_id]);
  for (const [user, channel] of chosen) addPhone(user, channel || state.channels[0]?.channel_id);
}

function addPhone(user, channel) {
  const phone = new Phone(state, user, channel, { moved: remember, away: putAway });
  phones.push(phone);
  drawPhones();
  phone.load();
  return phone;
}

function putAway(phone) {
  phones.splice(phones.indexOf(phone), 1);
  drawPhones();
}

function drawPhones() {
  for (const phone of phones) if (!phone.element.isConnected) byId("phones").append(phone.element);
  for (const element of [...byId("phones").children]) if (!phones.some((phone) => phone.element === element)) element.remove();
  if (!phones.length) fill(byId("phones"), h("p", { class: "blank" }, "電話がありません。「電話を増やす」を押してください。"));
  remember();
}

function remember() {
  history.replaceState(null, "", phones.length ? `#${phones.map(({ user, channel }) => `${user}@${channel ?? ""}`).join(",")}` : "#");
}

/** A telephone for somebody who has none on the desk yet, or for a new person. */
async function onePhoneMore() {
  const idle = state.people.find(({ id }) => !phones.some(({ user }) => user === id));
  const person = idle ?? await post("/simulator/people", { name: `相談者${state.people.length + 1}` });
  if (!idle) state.people.push(person);
  const phone = addPhone(person.id, state.channels[0]?.channel_id);
  phone.element.scrollIntoView({ inline: "end", block: "nearest" });
  phone.composer.words.focus();
}

function showAlarm() {
  byId("alarm").hidden = !state.defects.length;
  byId("alarm").textContent = String(state.defects.length);
  byId("alarm").setAttribute("aria-label", `台帳の異常 ${state.defects.length}件`);
}

const meant = (phone, { user, channel }) => phone.user === user && phone.channel === channel;
const HEARD = {
  message: ({ entry }) => {
    phones.filter((phone) => meant(phone, entry)).forEach((phone) => phone.add(entry));
    refreshSoon();
  },
  changed: ({ entry }) => phones.filter((phone) => meant(phone, entry)).forEach((phone) => phone.change(entry)),
  loading: (event) => phones.filter((phone) => meant(phone, event)).forEach((phone) => phone.loading(event.seconds)),
  webhook: ({ attempt }) => {
    state.webhooks = [...state.webhooks, attempt].slice(-KEPT_WEBHOOKS);
    phones.filter((phone) => phone.channel === attempt.channel && attempt.people.includes(phone.user)).forEach((phone) => phone.answered(attempt));
    refreshSoon();
  },
  channels: () => everything(),
  resync: () => everything(),
};

async function everything() {
  await refresh();
  await Promise.all(phones.map((phone) => phone.load()));
}

function connected(words, lost) {
  byId("line").textContent = words;
  byId("line").classList.toggle("lost", lost);
}

function toggleOperator(open) {
  byId("operator").hidden = !open;
  byId("toggle-operator").setAttribute("aria-expanded", String(open));
  if (open && state.now) operator.draw();
}

byId("add-phone").addEventListener("click", onePhoneMore);
byId("toggle-operator").addEventListener("click", () => {
  toggleOperator(byId("operator").hidden);
  if (!byId("operator").hidden) byId("operator").scrollIntoView({ block: "nearest", inline: "nearest" });
});
toggleOperator(matchMedia("(min-width: 1100px)").matches);
listen({
  heard: (event) => (HEARD[event.kind] ?? refreshSoon)(event),
  opened: () => { connected("つながっています", false); everything(); },
  lost: () => connected("シミュレーターとの接続が切れました。つなぎ直しています…", true),
});
