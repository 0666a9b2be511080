import { join } from "node:path";
import { systemClock, type Clock } from "../../src/time.js";
import { personal } from "../../src/preferences.js";
import type { Command } from "../../src/kernel/command.js";
import { Delivery, type DeliveryOptions } from "../../src/kernel/delivery.js";
import { Gateway, type Servers } from "../../src/kernel/gateway.js";
import { Endpoint, type EndpointOptions } from "../../src/kernel/http/endpoint.js";
import { LOCALES } from "../../src/kernel/locale.js";
import { definitions, register } from "../../src/kernel/registration.js";
import type { Reply } from "../../src/kernel/reply.js";
import { editLater, restResponder } from "../../src/kernel/responder.js";
import { Router, type RouterOptions } from "../../src/kernel/router.js";
import { Texts } from "../../src/kernel/texts.js";
import type { View } from "../../src/kernel/view.js";
import { createLog } from "../../src/log.js";
import { INTERACTIONS_PATH, Web } from "../../src/web/server.js";
import { DiscordSimulator, type Actor, type AsOptions, type DiscordSimulatorOptions } from "@zonewire/sandbox/discord";
import { PATIENT } from "../patience.js";
import { HASTY } from "./gateway/listener.js";

export interface Workshop {
  readonly discord: DiscordSimulator;
  readonly gateway: Gateway;
  readonly delivery: Delivery;
  readonly router: Router;
  readonly log: { level: number; msg: string; errorId?: string; err?: { message: string } }[];
  /** Changes an answer that was given earlier. */
  readonly editLater: (reply: Reply, view: View) => Promise<boolean>;
  readonly as: (locale?: string, name?: string, place?: AsOptions) => Actor;
  close(): Promise<void>;
}

/** What the bot's commands use, and no command of these tests. */
const none = {} as never;

/** What the composition root gives the kernel beyond what every bot has. */
export interface WorkshopOptions extends Partial<
  Pick<
    RouterOptions,
    "accounts" | "preferences" | "diagnose" | "linking" | "simulated" | "onAnswered" | "commandId" | "grace" | "running"
  >
> {
  readonly servers?: Servers;
  /** By default the machine's, whatever the kernel's is. */
  readonly discordClock?: Clock;
  readonly discord?: DiscordSimulatorOptions;
  readonly delivery?: Partial<DeliveryOptions>;
  /** Interactions come over HTTP, and not over the gateway. */
  readonly http?: Pick<EndpointOptions, "onMet"> & {
    /** Of the requests whose response is not over: there is one more, or one less. */
    readonly onWaiting?: (change: 1 | -1) => void;
  };
}

/** The kernel with commands of a test's own, connected to a simulated Discord. */
export async function openWorkshop(
  commands: readonly Command[],
  clock: Clock = systemClock,
  {
    servers,
    discordClock = systemClock,
    discord: simulated,
    delivery: sending,
    http,
    ...options
  }: WorkshopOptions = {},
): Promise<Workshop> {
  const patient = discordClock === systemClock && PATIENT;
  const discord = await DiscordSimulator.start({ clock: discordClock, ...patient, ...simulated });
  const log: Workshop["log"] = [];
  const texts = await textsFor(commands);
  const pino = createLog("debug", {
    terminal: false,
    destination: { write: (line: string) => void log.push(JSON.parse(line) as Workshop["log"][number]) },
  });
  const access = { token: discord.token, apiUrl: discord.restUrl };
  const gateway = new Gateway({
    ...access,
    log: pino,
    servers,
    timing: HASTY,
    onRefused: (reason) => log.push({ level: 60, msg: reason }),
  });
  const router = new Router({
    commands,
    texts,
    clock,
    time: clock,
    told: (moment) => moment,
    personal,
    log: pino,
    random: () => 0.5,
    simulated: false,
    commandId: () => undefined,
    ...options,
    services: none,
  });
  // A request that a busy machine holds up must not be repeated after a pause of a clock that stands still.
  const network = clock;
  const delivery = new Delivery({ apiUrl: discord.restUrl, clock, network, random: () => 0.5, log: pino, ...sending });
  const openEndpoint = async ({ onMet, onWaiting }: NonNullable<WorkshopOptions["http"]>) => {
    const { publicKey } = discord.endpoint;
    const endpoint = new Endpoint({ publicKey, delivery, clock: discordClock, log: pino, onMet });
    endpoint.serve((interaction, responder) => router.handle(interaction, responder));
    const web = await Web.start({
      ...{ host: "127.0.0.1", port: 0, missing: () => [] },
      interactions: (request, response) => {
        onWaiting?.(1);
        response.once("close", () => onWaiting?.(-1));
        return endpoint.take(request, response);
      },
    });
    await discord.endpoint.set(web.address + INTERACTIONS_PATH);
    return web;
  };
  gateway.serve((interaction) => void router.handle(interaction, restResponder(delivery, interaction)));
  const web = http && (await openEndpoint(http));
  const { applicationId } = web ? discord : await gateway.connect();
  await register(definitions(commands, texts), { rest: Gateway.rest(access), applicationId });
  return {
    discord,
    gateway,
    delivery,
    router,
    log,
    editLater: (reply, view) => editLater(delivery, reply, view),
    as(locale = "en-US", name = "vesper", place = {}) {
      const user = discord.users.find(({ username }) => username === name);
      if (!user) throw new Error(`nobody is called ${name}`);
      return discord.as(user, { ...place, locale });
    },
    async close() {
      await web?.close();
      await gateway.close();
      await delivery.close();
      await discord.close();
    },
  };
}

/** Our texts, and names and descriptions for the commands of a test. */
export async function textsFor(commands: readonly Command[]): Promise<Texts> {
  const real = await Texts.load(join(import.meta.dirname, "../../locales"));
  const keys = commands.flatMap(({ name, actions }) => [
    [`command.${name}`, name] as const,
    ...[...actions].flatMap(([path, { options }]) => {
      const key = `command.${path.replaceAll(" ", ".")}`;
      return [
        [key, path.split(" ").at(-1) ?? path] as const,
        ...Object.keys(options).map((option) => [`option.${option}`, option] as const),
      ];
    }),
  ]);
  const own = Object.fromEntries(
    keys.flatMap(([key, name]) => [
      [`${key}.name`, name],
      [`${key}.description`, name],
    ]),
  );
  return new Texts(
    new Map(
      LOCALES.map((locale) => [
        locale,
        { ...Object.fromEntries(real.keys(locale).map((key) => [key, real.find(locale, key) ?? ""])), ...own },
      ]),
    ),
  );
}
