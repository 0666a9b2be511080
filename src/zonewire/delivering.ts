import type { REST } from "discord.js";
import type { Logger } from "pino";
import { emissionPanel } from "../../commands/alert-cards/emission-panel.js";
import { alertMessage } from "../../commands/alert-cards/render.js";
import { eventText } from "../../commands/war/messages.js";
import { onTokenRefused } from "../kernel/connect.js";
import { messageContext, type ContextSources, type MessageContext } from "../kernel/context.js";
import { localeOf } from "../kernel/locale.js";
import { Channels } from "../kernel/messages/channels.js";
import { Messenger } from "../kernel/messages/messenger.js";
import { messagesRest } from "../kernel/messages/rest.js";
import { ScheduledEvents } from "../kernel/scheduled-events.js";
import { Members } from "../kernel/members/members.js";
import type { Services } from "../kernel/services.js";
import { withFootnote, type View } from "../kernel/view.js";
import { voicePlace } from "../kernel/voice-state.js";
import type { Store, WatchStore } from "../store/index.js";
import type { Clock, Random } from "../time.js";
import type { EventText, VoiceProbe } from "../war/index.js";
import { WarMessageSender } from "../war/message-sender.js";
import { alert, type SendTest, type WatchingOptions } from "../watch/index.js";
import type { Render } from "../watch/delivering/messenger.js";
import { CrosspostSender } from "../watch/delivering/crossposts.js";
import type { DeliveringObserver } from "../watch/delivering/observer.js";
import { PanelSender } from "../watch/delivering/panel-sender.js";
import { testSender } from "../watch/delivering/send-test.js";
import { Sender } from "../watch/delivering/sender.js";
import type { Pulse } from "../watch/pulse.js";
import type { DiscordAccess } from "./discord.js";
import type { DiscordPace } from "./discord-pace.js";
import { readWarMessage } from "./war-messages.js";

interface DeliveringParts extends Pick<ContextSources, "texts" | "time" | "commandId"> {
  readonly discord: Pick<DiscordAccess, "token" | "apiUrl">;
  readonly items: Services["items"];
  readonly clans: Services["clans"];
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly wars: ReturnType<Store["warring"]>;
  /** Whether the world is a simulated one, which each message then says. */
  readonly simulated: boolean;
  readonly observer: DeliveringObserver;
  /** Called when Discord does not accept the token any more. */
  readonly onRefused: (reason: string) => void;
  /** Where other processes use the same bot: keeps all of them within its limits. */
  readonly share?: ((rest: REST) => DiscordPace) | undefined;
}

export interface WiredDelivering {
  readonly channels: Channels;
  readonly members: Members;
  readonly sendTest: SendTest;
  readonly deleteMessage: WatchingOptions["deleteMessage"];
  readonly events: ScheduledEvents;
  readonly eventText: EventText;
  readonly voice: VoiceProbe;
  /** Sends and publishes what waits, and keeps panels as they should be. The returned function ends it. */
  readonly start: (store: WatchStore, pulse: Pick<Pulse, "listen">) => () => Promise<void>;
}

/** What the bot sends of its own accord. */
export function wireDelivering(parts: DeliveringParts): WiredDelivering {
  const { discord, items, clans, clock, random, log, wars, simulated, observer } = parts;
  const rest = messagesRest({ ...discord, log });
  onTokenRefused(rest, parts.onRefused);
  const pace = parts.share?.(rest);
  const channels = new Channels(rest, clock);
  const messenger = new Messenger(rest, channels, clock);

  const written = (locale: string, write: (context: MessageContext) => View | undefined) => {
    const context = messageContext(parts, localeOf(locale));
    const view = write(context);
    if (!view?.embeds || !simulated) return view;
    return { ...view, embeds: withFootnote(view.embeds, context.t("card.simulated")) };
  };
  const render: Render<View> = async (told, { locale }) => {
    const alerts = told.map(({ event, ...about }) => ({ ...about, alert: alert.parse(event) }));
    const [first] = alerts;
    if (first?.alert.kind === "war") {
      const write = await readWarMessage(wars, first.alert.what, first.alert.warId);
      return write && written(locale, write);
    }
    return written(locale, (context) => alertMessage(alerts, { ...context, items, clans }));
  };

  return {
    channels,
    members: new Members(rest),
    sendTest: testSender(messenger, render),
    events: new ScheduledEvents(rest),
    eventText: (war) => eventText(war, messageContext(parts, localeOf(war.terms.locale))),
    voice: (guildId, personId, signal) => voicePlace(rest, guildId, personId, signal),
    async deleteMessage(channelId, messageId) {
      const deleted = await messenger.delete(channelId, messageId);
      if (deleted.kind !== "done")
        log.info({ channelId, err: deleted.cause }, "a panel's message stays in its channel");
    },
    start(store, pulse) {
      const common = { messenger, clock, random, log };
      const sender = new Sender({ ...common, store, render, observer });
      const panels = new PanelSender({
        ...common,
        panels: store.panels,
        async render({ region, locale }) {
          const emissions = await store.archive.emissions(region, PANEL_EMISSIONS);
          return written(locale, (context) => emissionPanel(region, emissions, context)) ?? {};
        },
      });
      const signUps = new WarMessageSender<View>({
        ...common,
        messages: wars.messages,
        async render(warId, locale) {
          const write = await readWarMessage(wars, "open", warId);
          return write && written(locale, write);
        },
      });
      const crossposts = new CrosspostSender({ ...common, crossposts: store.crossposts });
      const leave = pulse.listen((signal) => {
        if (signal === "deliver") sender.wake();
        if (signal === "panel") {
          panels.wake();
          signUps.wake();
        }
        if (signal === "publish") crossposts.wake();
        if (signal === "held") pace?.look();
      });
      const working = [sender, panels, signUps, crossposts];
      for (const one of working) one.start();
      return async () => {
        await leave();
        await Promise.all(working.map((one) => one.stop()));
        rest.clearHandlerSweeper();
        rest.clearHashSweeper();
      };
    },
  };
}

/** From which a panel's figures are made. */
const PANEL_EMISSIONS = 200;
