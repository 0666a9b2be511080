import type { Logger } from "pino";
import { emissionPanel } from "../../commands/alert-cards/emission-panel.js";
import { alertMessage } from "../../commands/alert-cards/render.js";
import { messageContext, type ContextSources, type MessageContext } from "../kernel/context.js";
import { localeOf } from "../kernel/locale.js";
import { Channels } from "../kernel/messages/channels.js";
import { Messenger } from "../kernel/messages/messenger.js";
import { messagesRest } from "../kernel/messages/rest.js";
import type { Services } from "../kernel/services.js";
import { withFootnote, type View } from "../kernel/view.js";
import type { WatchStore } from "../store/index.js";
import type { Clock, Random } from "../time.js";
import { alert, type SendTest, type WatchingOptions } from "../watch/index.js";
import type { Render } from "../watch/delivering/messenger.js";
import type { DeliveringObserver } from "../watch/delivering/observer.js";
import { PanelSender } from "../watch/delivering/panel-sender.js";
import { testSender } from "../watch/delivering/send-test.js";
import { Sender } from "../watch/delivering/sender.js";
import type { DiscordAccess } from "./discord.js";

interface DeliveringParts extends Pick<ContextSources, "texts" | "time" | "commandId"> {
  readonly discord: Pick<DiscordAccess, "token" | "apiUrl">;
  readonly items: Services["items"];
  readonly clans: Services["clans"];
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  /** Whether the world is a simulated one, which each message then says. */
  readonly simulated: boolean;
  readonly observer: DeliveringObserver;
}

export interface WiredDelivering {
  readonly channels: Channels;
  readonly sendTest: SendTest;
  readonly deleteMessage: WatchingOptions["deleteMessage"];
  /** Sends what waits, and keeps panels as they should be. The returned function ends it. */
  readonly start: (store: WatchStore) => () => Promise<void>;
}

/** What the bot sends of its own accord. */
export function wireDelivering(parts: DeliveringParts): WiredDelivering {
  const { discord, items, clans, clock, random, log, simulated, observer } = parts;
  const rest = messagesRest({ ...discord, log });
  const channels = new Channels(rest, clock);
  const messenger = new Messenger(rest, channels, clock);

  const written = (locale: string, write: (context: MessageContext) => View | undefined) => {
    const context = messageContext(parts, localeOf(locale));
    const view = write(context);
    if (!view?.embeds || !simulated) return view;
    return { ...view, embeds: withFootnote(view.embeds, context.t("card.simulated")) };
  };
  const render: Render<View> = (told, { locale }) => {
    const alerts = told.map(({ event, ...about }) => ({ ...about, alert: alert.parse(event) }));
    return written(locale, (context) => alertMessage(alerts, { ...context, items, clans }));
  };

  return {
    channels,
    sendTest: testSender(messenger, render),
    async deleteMessage(channelId, messageId) {
      const deleted = await messenger.delete(channelId, messageId);
      if (deleted.kind !== "done")
        log.info({ channelId, err: deleted.cause }, "a panel's message stays in its channel");
    },
    start(store) {
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
      const leave = store.listen((signal) => {
        if (signal === "deliver") sender.wake();
        if (signal === "panel") panels.wake();
      });
      sender.start();
      panels.start();
      return async () => {
        await leave();
        await Promise.all([sender.stop(), panels.stop()]);
        rest.clearHandlerSweeper();
        rest.clearHashSweeper();
      };
    },
  };
}

/** From which a panel's figures are made. */
const PANEL_EMISSIONS = 200;
