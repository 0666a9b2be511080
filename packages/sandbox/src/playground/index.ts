import { getConnInfo } from "@hono/node-server/conninfo";
import { Hono, type Context } from "hono";
import { bodyLimit } from "hono/body-limit";
import { compress } from "hono/compress";
import { HTTPException } from "hono/http-exception";
import { secureHeaders } from "hono/secure-headers";
import { systemClock, type Clock } from "../clock.js";
import {
  NotPossibleError,
  WaitError,
  type Actor,
  type DiscordSimulator,
  type Message,
  type Outcome,
} from "../discord/index.js";
import { commandViews } from "./command-view.js";
import { eventStream } from "./events.js";
import { mediaResponse } from "./media.js";
import { messageView } from "./message-view.js";
import { OpenModals } from "./open-modals.js";
import { OpenStreams } from "./open-streams.js";
import type { Answer, Message as MessageView } from "./page/protocol.js";
import { modalView } from "./modal-view.js";
import { actorOf, placeOf } from "./place.js";
import { RequestMemory } from "./request-memory.js";
import * as requests from "./requests.js";
import { sameOrigin } from "./same-origin.js";
import { builtPage, staticFiles } from "./static-files.js";
import type { Trail } from "./trail.js";
import type { Wishes } from "./wishes.js";
import type { WorldControls } from "./world-controls.js";

export { HEARTBEAT_MS } from "./events.js";
export { MOST_OF_ONE, MOST_STREAMS } from "./open-streams.js";
export { Trail } from "./trail.js";
export { furnish } from "./furnish.js";
export type { WishedLot, Wishes } from "./wishes.js";
export { WorldControls, type AddedLot } from "./world-controls.js";

export interface PlaygroundOptions {
  readonly discord: DiscordSimulator;
  /** The folder of the built page: `index.html`, its style sheet and its script. Default: where the build puts it. */
  readonly page?: string;
  /** The simulated game; undefined when the bot asks the real one. */
  readonly world?: WorldControls | undefined;
  /** What the bot asks of the game's API. Undefined: the page does not tell. */
  readonly trail?: Trail | undefined;
  /** What the bot waits for. Undefined: for nothing that can be put up for sale. */
  readonly wishes?: Wishes | undefined;
  /** Rules the heartbeat of the event stream. Default: the machine's. */
  readonly clock?: Clock;
}

const LARGEST_BODY = 256 * 1024;
const own = ["'self'"];
const nothing = ["'none'"];

/**
 * The page from which a person uses the bot on the simulated Discord, and the API that the page talks to. To be mounted
 * at `/`.
 *
 * @throws Error when the page is not built
 */
export function createPlayground({
  discord,
  page = builtPage(),
  world,
  trail,
  wishes,
  clock = systemClock,
}: PlaygroundOptions): Hono {
  const files = staticFiles(page);
  const modals = new OpenModals();
  const streams = new OpenStreams();
  const memory = new RequestMemory(discord, trail);

  const actorFor = (viewer: requests.Viewer): Actor => actorOf(discord, viewer);
  const viewOf = (actor: Actor, { person, channel }: requests.Viewer) => {
    const place = placeOf(discord, actor, world, clock.now());
    const { user } = actor.standpoint;
    const where = { ...(person !== undefined && { person }), ...(channel !== undefined && { channel }) };
    return (message: Message): MessageView =>
      messageView(message, user, place, (url) => {
        const query = { ...where, message: message.id, url };
        return `/api/media?${new URLSearchParams(query).toString()}`;
      });
  };
  const wishesOf = async ({ standpoint }: Actor) => (world && wishes ? wishes(standpoint) : []);
  const answer = async (context: Context, actor: Actor, acted: Promise<Outcome>) => {
    const { interaction, failure, modal } = await acted;
    if (modal !== undefined) modals.add(modal);
    const place = placeOf(discord, actor, world);
    const said: Answer = { interaction: interaction.id, failure, modal: modal && modalView(modal, place) };
    return context.json(said);
  };
  /** What a page waits for: the messages come by the event stream. */
  const until = "acknowledged";

  const app = new Hono();
  app.use(
    secureHeaders({
      referrerPolicy: "no-referrer",
      strictTransportSecurity: false,
      contentSecurityPolicy: {
        defaultSrc: nothing,
        scriptSrc: own,
        styleSrc: own,
        imgSrc: own,
        connectSrc: own,
        baseUri: nothing,
        formAction: nothing,
        frameAncestors: nothing,
        requireTrustedTypesFor: ["'script'"],
        trustedTypes: nothing,
      },
    }),
  );
  app.onError((error, context) => {
    if (error instanceof HTTPException) return context.json({ error: error.message }, error.status);
    if (error instanceof NotPossibleError) return context.json({ error: error.message }, 400);
    if (error instanceof WaitError) return context.json({ error: "the bot did not answer" }, 504);
    throw error;
  });

  app.use("/api/*", sameOrigin, bodyLimit({ maxSize: LARGEST_BODY }), async (context, next) => {
    await next();
    if (!context.res.headers.has("cache-control")) context.res.headers.set("cache-control", "no-store");
  });
  app.get("/api/place", (context) => {
    return context.json(placeOf(discord, actorFor(requests.readQuery(context, requests.viewer)), world));
  });
  app.get("/api/commands", (context) => {
    const actor = actorFor(requests.readQuery(context, requests.viewer));
    return context.json(commandViews(actor.commands(), actor.standpoint.locale, placeOf(discord, actor, world)));
  });
  app.get("/api/messages", (context) => {
    const viewer = requests.readQuery(context, requests.viewer);
    const actor = actorFor(viewer);
    return context.json(actor.messages().map(viewOf(actor, viewer)));
  });
  app.get("/api/events", (context) => {
    const viewer = requests.readQuery(context, requests.viewer);
    const actor = actorFor(viewer);
    const headers = { "content-type": "text/event-stream; charset=utf-8" };
    // Nobody reads the stream of a HEAD, so nothing would ever end it.
    if (context.req.method === "HEAD") return context.body(null, 200, headers);
    const ended = streams.open(`${getConnInfo(context).remote.address ?? ""} ${actor.standpoint.user.id}`);
    if (ended === undefined) return context.json({ error: "too many windows of the playground are open" }, 429);
    const stream = eventStream({
      discord,
      actor,
      view: viewOf(actor, viewer),
      place: () => placeOf(discord, actor, world, clock.now()),
      world,
      clock,
      memory,
      ended,
    });
    return context.body(stream, 200, headers);
  });
  app.get("/api/media", (context) => {
    const { message, url, ...viewer } = requests.readQuery(context, requests.media);
    return mediaResponse(messageOf(actorFor(viewer), message), url, context.req.raw.signal);
  });
  app.post("/api/slash", async (context) => {
    const { command, options, ...viewer } = await requests.readBody(context, requests.slash);
    const actor = actorFor(viewer);
    return answer(context, actor, actor.slash(command, options, { until }));
  });
  app.post("/api/autocomplete", async (context) => {
    const { command, options, option, typed, ...viewer } = await requests.readBody(context, requests.autocomplete);
    const actor = actorFor(viewer);
    const choices = await actor.autocomplete(command, option, typed, options);
    const { locale } = actor.standpoint;
    return context.json(
      choices.map(({ name, name_localizations, value }) => ({ name: name_localizations?.[locale] ?? name, value })),
    );
  });
  app.post("/api/click", async (context) => {
    const { message, customId, ...viewer } = await requests.readBody(context, requests.click);
    const actor = actorFor(viewer);
    return answer(context, actor, actor.click(messageOf(actor, message), customId, { until }));
  });
  app.post("/api/select", async (context) => {
    const { message, customId, values, ...viewer } = await requests.readBody(context, requests.select);
    const actor = actorFor(viewer);
    return answer(context, actor, actor.select(messageOf(actor, message), customId, values, { until }));
  });
  app.post("/api/submit", async (context) => {
    const { interaction, fields, ...viewer } = await requests.readBody(context, requests.submit);
    const actor = actorFor(viewer);
    return answer(context, actor, actor.submit(modals.get(interaction), fields, { until }));
  });

  app.post("/api/world", async (context) => {
    if (world === undefined) throw new NotPossibleError("the game is not simulated");
    const change = await requests.readBody(context, requests.world);
    if ("speed" in change) world.run(change.speed);
    else if ("trouble" in change) world.trouble(change.trouble);
    else if ("emission" in change) world.startEmission(change.emission);
    else if ("endEmission" in change) world.endEmission(change.endEmission);
    else world.addLot(change.lot);
    return context.json(world.state());
  });
  app.get("/api/wishes", async (context) => {
    const actor = actorFor(requests.readQuery(context, requests.viewer));
    const wished = await wishesOf(actor);
    return context.json(wished.map((wish) => ({ id: wish.id, label: world?.labelOf(wish, actor.standpoint.locale) })));
  });
  app.post("/api/wishes", async (context) => {
    if (world === undefined) throw new NotPossibleError("the game is not simulated");
    const { wish, ...viewer } = await requests.readBody(context, requests.wish);
    const found = (await wishesOf(actorFor(viewer))).find(({ id }) => id === wish);
    if (found === undefined) throw new NotPossibleError("the bot waits for no such lot");
    world.grant(found);
    return context.json(world.state());
  });

  for (const [path, { body, type, etag }] of files) {
    app.get(path, compress(), (context) => {
      const headers = { etag, "cache-control": "no-cache" };
      // A compressed answer's tag comes back marked as weak.
      if (context.req.header("if-none-match")?.replace(/^W\//, "") === etag) return context.body(null, 304, headers);
      return context.body(body, 200, { ...headers, "content-type": type });
    });
  }
  return app;
}

function messageOf(actor: Actor, id: string): Message {
  const message = actor.messages().find((one) => one.id === id);
  if (message === undefined) throw new NotPossibleError("this person sees no such message");
  return message;
}
