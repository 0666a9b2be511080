import { GatewayIntentBits as Intent } from "discord-api-types/v10";
import { systemClock } from "../clock.js";
import { Actor, type Stage } from "./actor.js";
import { Attachments } from "./attachments.js";
import { AuditLog } from "./audit.js";
import { CommandStore, type StoredCommand } from "./commands.js";
import type { DiscordEvent, DiscordListener } from "./events.js";
import { Faults } from "./faults.js";
import { IdentifyLimits } from "./gateway/identify-limits.js";
import { News } from "./gateway/news.js";
import { Gateway } from "./gateway/server.js";
import { Endpoint } from "./http/endpoint.js";
import { HttpFaults } from "./http/faults.js";
import type { Interaction, InteractionRequest } from "./interaction.js";
import { Interactions } from "./interactions.js";
import { LimitCounts } from "./limits.js";
import { MessageStore, type Message, type MessageChange } from "./messages.js";
import type { Outcome } from "./outcome.js";
import { Outcomes } from "./outcomes.js";
import { interactionCreate } from "./payload.js";
import { Posts } from "./posts.js";
import type { Connections } from "./rest/connections.js";
import { RestFaults } from "./rest/faults.js";
import { routes } from "./rest/routes.js";
import { RestServer, type RequestRecord } from "./rest/server.js";
import type { AsOptions, DiscordSimulatorOptions } from "./simulator-options.js";
import { SnowflakeSource } from "./snowflake.js";
import { Waiting, type WaitOptions } from "./waiting.js";
import { World, type Channel, type Guild, type User, type WorldChange } from "./world.js";

/**
 * A Discord on this machine: REST API and gateway over real sockets, people who type commands, and a record of what
 * the bot did. Connect discord.js with `rest: { api: discord.restUrl }` and `discord.token`.
 */
export class DiscordSimulator {
  readonly token: string;
  readonly applicationId: string;
  readonly world: World;
  /** What the bot did wrong, in words: refused requests, unknown routes, gateway mistakes. The newest 1000. */
  readonly problems: string[] = [];
  /** What the bot asked of the REST API, oldest first. */
  readonly requests: RequestRecord[] = [];
  /** Things Discord does wrong on purpose. */
  readonly faults: Faults;
  /** What the bot sent of its own accord, and what became of it. */
  readonly posts: Posts;
  /** Discord's limits on messages and members, which can be changed, and how often each refused something. */
  readonly limits: LimitCounts;
  /** What the bot did to members, and why it says it did. */
  readonly audit = new AuditLog();
  /** Where interactions go over HTTP, once a URL is set; how they are signed, and how many there were. */
  readonly endpoint: Endpoint;
  readonly #commands: CommandStore;
  readonly #messages: MessageStore;
  readonly #interactions: Interactions;
  readonly #rest: RestServer;
  readonly #gateway: Gateway;
  readonly #news: News;
  readonly #waiting: Waiting;
  readonly #outcomes: Outcomes;
  readonly #stage: Stage;
  readonly #listeners = new Set<DiscordListener>();
  readonly #requestLog: number;
  /** Shards. */
  #recommended: number;
  #closed = false;

  private constructor(options: DiscordSimulatorOptions) {
    const clock = options.clock ?? systemClock;
    const ids = new SnowflakeSource(clock);
    const sight = { hidden: options.hiddenChannels ?? ("obfuscated" as const), now: () => clock.now() };
    this.#requestLog = options.requestLog ?? 1000;
    this.world = new World(ids, clock, options.botName ?? "Simulated Bot", (change) => {
      this.#worldChanged(change);
    });
    this.posts = new Posts(clock, options.postLog ?? 10_000);
    this.limits = new LimitCounts(clock, options.limits);
    this.applicationId = this.world.bot.id;
    this.token = options.token ?? `${Buffer.from(this.applicationId).toString("base64url")}.simulated.token`;
    this.#commands = new CommandStore(ids, this.applicationId);
    const { world } = this;
    const attachments = new Attachments(ids, () => this.origin);
    this.#messages = new MessageStore({
      ids,
      clock,
      world,
      attachments,
      limit: options.messageLog ?? 1000,
      changed: (change, message) => {
        this.#messageChanged(change, message);
      },
    });
    this.#interactions = new Interactions({
      clock,
      ids,
      world,
      messages: this.#messages,
      acknowledgeMs: options.acknowledgeMs,
      limit: options.interactionLog ?? 10_000,
      changed: (phase, interaction) => {
        this.#emit({ type: "interaction", phase, interaction });
        this.#outcomes.happened(interaction);
        if (phase === "failed") this.endpoint.giveUp(interaction);
      },
    });
    const problem = (text: string) => {
      this.#problem(text);
    };
    const http = new HttpFaults();
    this.endpoint = new Endpoint({
      clock,
      ids,
      applicationId: this.applicationId,
      interactions: this.#interactions,
      faults: http,
      falseSignatureEvery: options.falseSignatureEvery ?? 20,
      problem,
      counted: () => {
        this.#waiting.happened();
      },
    });
    this.#recommended = options.shards ?? 1;
    const limits = new IdentifyLimits(clock, options);
    this.#stage = {
      clock,
      ids,
      applicationId: this.applicationId,
      world,
      commands: this.#commands,
      messages: this.#messages,
      interactions: this.#interactions,
      limits: this.limits,
      audit: this.audit,
      hidden: sight.hidden,
      endpoint: this.endpoint,
      gatewayUrl: () => this.origin.replace("http", "ws"),
      sharding: { shards: () => this.#recommended, sessions: () => limits.state },
      commandsChanged: (guildId) => {
        this.#emit({ type: "commands", guildId });
      },
      send: (request) => this.#send(request),
      outcome: (interaction, until) => this.#outcomes.of(interaction, until),
    };
    const rest = new RestFaults(clock);
    this.#rest = new RestServer({
      clock,
      token: this.token,
      routes: routes(this.#stage),
      faults: rest,
      attachments,
      recorded: (request) => {
        this.#record(request);
      },
      problem,
    });
    const gatewayChanged = () => {
      this.#emit({ type: "gateway", connected: this.#gateway.connected });
    };
    this.#gateway = new Gateway(this.#rest.http, this.token, world, {
      url: this.#stage.gatewayUrl,
      heartbeatMs: options.heartbeatMs ?? 41_250,
      privilegedIntents: options.privilegedIntents ?? false,
      sight,
      replayLimit: options.replayLog ?? 1000,
      limits,
      sessionLifeMs: options.sessionLifeMs ?? 5 * 60_000,
      problem,
      ready: gatewayChanged,
      changed: gatewayChanged,
      sent: ({ t, d }) => {
        if (t === "INTERACTION_CREATE") this.#interactions.delivered(d);
      },
    });
    this.#news = new News(this.#gateway, this.world, sight);
    this.faults = new Faults(rest, this.#gateway, http);
    this.#waiting = new Waiting(clock, options.waitMs ?? 20_000, () => this.seen());
    this.#outcomes = new Outcomes(this.#waiting);
    world.furnish();
  }

  /** Starts to listen. */
  static async start(options: DiscordSimulatorOptions = {}): Promise<DiscordSimulator> {
    const simulator = new DiscordSimulator(options);
    const { http } = simulator.#rest;
    await new Promise<void>((resolve, reject) => {
      http.once("error", reject);
      http.listen(options.port ?? 0, options.host ?? "127.0.0.1", resolve);
    });
    return simulator;
  }

  /** `http://host:port` of the server, which also serves the attachments. */
  get origin(): string {
    const address = this.#rest.http.address();
    if (address === null || typeof address === "string") throw new Error("the simulated Discord is not listening");
    return `http://${address.address}:${address.port}`;
  }

  /** For discord.js: `rest: { api: discord.restUrl }`. */
  get restUrl(): string {
    return `${this.origin}/api`;
  }

  /** The connections of clients to the REST API; `answering` are those over which interactions were answered. */
  get connections(): { readonly all: Connections; readonly answering: Connections } {
    return { all: this.#rest.connections, answering: this.#rest.answering };
  }

  get botUser(): User {
    return this.world.bot;
  }

  /** The people, without the bot. */
  get users(): User[] {
    return [...this.world.users.values()].filter(({ bot }) => !bot);
  }

  get guilds(): Guild[] {
    return [...this.world.guilds.values()];
  }

  get channels(): Channel[] {
    return [...this.world.channels.values()];
  }

  /** The registered commands of every scope, as stored. */
  commands(): StoredCommand[] {
    return this.#commands.all();
  }

  /** Changes how many shards GET /gateway/bot recommends. */
  recommendShards(count: number): void {
    this.#recommended = count;
  }

  /** Resolves when a bot is identified and was sent READY. */
  async connected(options: WaitOptions = {}): Promise<void> {
    await this.until("a bot to connect", () => this.#gateway.connected > 0, options);
  }

  /** Resolves when commands are registered. */
  async commandsRegistered(options: WaitOptions = {}): Promise<readonly StoredCommand[]> {
    return this.until("commands to be registered", () => this.commands().length > 0 && this.commands(), options);
  }

  /** Resolves as soon as `check` holds; it is looked at whenever something happens here. @throws WaitError */
  until<T>(what: string, check: () => T | undefined | false, options: WaitOptions = {}): Promise<T> {
    return this.#waiting.until(what, check, options);
  }

  /** Somebody who uses the bot. By default in the first channel of the first guild they are a member of. */
  as(user: User, { locale = "en-US", guild, channel, dm = false, installed = "guild" }: AsOptions = {}): Actor {
    if (installed === "user") this.world.installs.add(user.id);
    return new Actor(this.#stage, {
      user,
      locale,
      installed,
      channel: channel ?? (dm ? this.world.directMessages(user) : this.world.firstChannel(user, guild)),
    });
  }

  /** Somebody removes the bot from a guild. */
  removeBot({ id: guildId, members }: Guild): void {
    members.delete(this.world.bot.id);
    this.#gateway.dispatch("GUILD_DELETE", { id: guildId }, { guildId, intent: Intent.Guilds });
  }

  /** Somebody adds the bot to a guild. */
  addBot(guild: Guild): void {
    this.world.addMember(guild, this.world.bot);
    const { id: guildId } = guild;
    this.#gateway.dispatch("GUILD_CREATE", this.#gateway.guildCreate(guildId), { guildId, intent: Intent.Guilds });
  }

  /** Does what `act` says, but never throws: for a page, and for benches. */
  async interact(act: () => Promise<Outcome>): Promise<{ outcome: Outcome } | { error: Error }> {
    try {
      return { outcome: await act() };
    } catch (error) {
      return { error: error instanceof Error ? error : new Error(String(error)) };
    }
  }

  /** Calls `listener` for everything that happens, at once and in order; the returned function ends it. */
  subscribe(listener: DiscordListener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** What the bot did so far, in a few words: for the message of a wait that failed. */
  seen(): string {
    const requests = this.requests.slice(-5).map(({ method, route, status }) => `${method} ${route} -> ${status}`);
    return [
      `Gateway sessions connected: ${this.#gateway.connected}.`,
      `Commands registered: ${this.commands().length}.`,
      `Last requests: ${requests.join(", ") || "none"}.`,
      `Problems: ${this.problems.slice(-3).join(" | ") || "none"}.`,
    ].join(" ");
  }

  /** Ends everything at once: waits fail, connections are cut. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#interactions.close();
    this.#waiting.close();
    this.endpoint.close();
    this.#gateway.close();
    this.#listeners.clear();
    const { http } = this.#rest;
    const closed = new Promise((resolve) => http.close(resolve));
    http.closeAllConnections();
    await closed;
  }

  #send(request: InteractionRequest): Interaction {
    const interaction = this.#interactions.begin(request);
    const payload = interactionCreate(interaction, this.applicationId, this.world, interaction.createdAt);
    if (this.endpoint.url === undefined)
      this.#gateway.dispatch("INTERACTION_CREATE", payload, { guildId: request.channel.guild?.id });
    else this.endpoint.deliver(interaction, payload);
    return interaction;
  }

  #messageChanged(change: MessageChange, message: Message): void {
    const { author, origin, visibleTo } = message;
    if (author === this.world.bot && origin === undefined && visibleTo === undefined) this.posts.note(change, message);
    this.#news.message(change, message);
    this.#emit({ type: "message", change, message });
  }

  #worldChanged(change: WorldChange): void {
    this.#news.world(change);
    if (change.of !== "channel") return;
    if (change.change === "deleted") this.#messages.forget(change.channel);
    this.#emit({ type: "channel", change: change.change, channel: change.channel });
  }

  #record(request: RequestRecord): void {
    this.requests.push(request);
    if (this.requests.length > this.#requestLog) this.requests.shift();
    this.#emit({ type: "request", request });
  }

  #problem(problem: string): void {
    this.problems.push(problem);
    if (this.problems.length > 1000) this.problems.shift();
    this.#emit({ type: "problem", problem });
  }

  #emit(event: DiscordEvent): void {
    for (const listener of this.#listeners) listener(event);
    this.#waiting.happened();
  }
}
