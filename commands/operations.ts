import { z } from "zod";
import {
  card,
  defineCommand,
  definePager,
  dotted,
  escape,
  lines,
  optionalText,
  pageNumber,
  stateOf,
  time,
  UserError,
  type Context,
  type View,
} from "../src/kernel/index.js";
import type { OperationSession, OperationSessionParticipant, StalcraftError } from "@zonewire/stalcraft";
import { characterName } from "./options/character.js";
import { regionOption } from "./options/region.js";
import { underWarning } from "./format/last-known.js";
import { dataAge, duration } from "./format/moment.js";
import { operationMap, operationName, OPERATIONS } from "./format/operation.js";

const PER_PAGE = 5;
/** Both travel in the buttons' ids, which hold 100 characters in all. */
const LONGEST = { character: 24, map: 20 };
/** Room for the title of a card of such operations. */
const TITLE_LENGTH = 100;
/** Discord shows at most this many characters in a field; a full squad fits. */
const SHOWN_PARTICIPANTS = 8;

const query = stateOf({ character: z.string().optional(), map: z.string().optional(), region: z.string() });
type Query = NonNullable<ReturnType<typeof query.read>>;

const pager = definePager({ command: "operations", audience: "copied", state: query, show });

export default defineCommand({
  name: "operations",
  topic: "topic.zone",
  visibility: "public",
  options: {
    character: characterName(optionalText({ maxLength: LONGEST.character }), { longest: LONGEST.character }),
    map: optionalText({
      maxLength: TITLE_LENGTH,
      suggest: (text, { t }) =>
        [...OPERATIONS]
          .map(([map, key]) => ({ name: t(key), value: map }))
          .filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(text.trim().toLowerCase())),
    }),
    region: regionOption(),
  },
  components: pager.components,
  modals: pager.modals,
  run({ options }, context) {
    const map = options.map && operationMap(options.map, context);
    if (map !== undefined && map.length > LONGEST.map)
      throw new UserError("error.words-unknown", { words: escape(map) });
    return show({ ...options, map }, 0, context);
  },
});

async function show(asked: Query, wanted: number, context: Context): Promise<View> {
  const { character: username, map, region } = asked;
  const { known, signal, t } = context;
  const read = (page: number, outage?: StalcraftError) =>
    known.operations(region, {
      limit: PER_PAGE,
      offset: page * PER_PAGE,
      sort: "date_finish",
      order: "desc",
      username,
      map,
      signal,
      outage,
    });
  let { value: sessions, outage } = await read(wanted);
  const place = pageNumber(sessions.total, wanted, PER_PAGE);
  if (place.number !== wanted) ({ value: sessions, outage } = await read(place.number, outage));
  const about = dotted(username && escape(username), map && operationName(map, context), region);
  const embed = card({
    title: t("operations.title", { about }),
    description: underWarning(
      sessions.length === 0 ? t("operations.none") : t("operations.count", { sessions: sessions.total }),
      outage,
      sessions.receivedAt,
      context,
    ),
    note: dataAge(sessions.receivedAt, context),
    fields: sessions.map((session) => sessionField(session, username, context)),
  });
  return { embeds: [embed], components: pager.buttons(asked, place, context) };
}

function sessionField(session: OperationSession, username: string | undefined, context: Context) {
  const { t, number } = context;
  const heading = t("operations.heading", {
    operation: operationName(session.map, context),
    difficulty: number(session.difficulty),
  });
  const facts = dotted(time(session.endTime, "R"), duration(session.sessionDurationSeconds * 1000, context));
  const people = [...session.participants].sort((a, b) => b.damageDealt - a.damageDealt);
  const shown = people.slice(0, SHOWN_PARTICIPANTS).map((person) => participantLine(person, username, context));
  const more = people.length - shown.length;
  return {
    name: heading,
    value: lines(facts, ...shown, more > 0 && t("operations.more", { people: more })),
  };
}

function participantLine(
  person: OperationSessionParticipant,
  username: string | undefined,
  { t, number }: Context,
): string {
  const name = escape(person.username);
  const asked = person.username.toLowerCase() === username?.toLowerCase();
  return t("operations.participant", {
    name: asked ? `**${name}**` : name,
    kills: number(person.mobKills),
    deaths: person.death,
    damage: number(Math.round(person.damageDealt)),
  });
}
