import { Api } from "./api.js";
import { Chat } from "./chat.js";
import { CommandLine } from "./command-line.js";
import { find } from "./dom.js";
import { refreshTimes, type Reader } from "./draw-markdown.js";
import { drawExamples } from "./draw-examples.js";
import { drawFrame } from "./frame.js";
import { openModal } from "./modal.js";
import type { OptionValue } from "./draft.js";
import type { Answer, Command } from "./protocol.js";
import { RequestsPanel } from "./requests-panel.js";
import { chooseLanguage } from "./languages.js";
import type { Texts } from "./texts.js";
import { WorldPanel } from "./world-panel.js";

/** Who looks, where, in which language: `?person=…&channel=…&locale=…`. A change loads the page again. */
const address = new URLSearchParams(location.search);
const { locale, texts } = chooseLanguage([address.get("locale") ?? "", ...navigator.languages]);

async function start(): Promise<void> {
  const standing = {
    person: address.get("person") ?? undefined,
    channel: address.get("channel") ?? undefined,
    locale,
  };
  const api = new Api(standing);
  const place = await api.place();
  const channels = drawFrame(place, standing, texts);
  const worldPanel =
    place.world && new WorldPanel(find("#world", HTMLElement), place.world, { texts, locale, api, place });
  const now = () => worldPanel?.now() ?? Date.now();
  const requests = new RequestsPanel(find("#requests", HTMLElement), texts);

  const status = find("#status", HTMLElement);
  const failed = (error: unknown) => {
    status.textContent = error instanceof Error ? error.message : String(error);
  };
  const after = async (acted: Promise<Answer>): Promise<Answer | undefined> => {
    try {
      const answer = await acted;
      status.textContent = "";
      const { modal } = answer;
      if (modal) openModal(modal, (fields) => submitted(api.submit(modal.interaction, fields), texts), reader);
      return answer;
    } catch (error) {
      failed(error);
      return undefined;
    }
  };
  const reader: Reader = {
    locale,
    texts,
    place,
    now,
    useCommand: (name) => {
      line.begin(name);
    },
  };
  const chat = new Chat({
    list: find("#messages", HTMLElement),
    pane: find("#pane", HTMLElement),
    jump: find("#jump", HTMLElement),
    reader,
    actions: {
      click: (message, customId) => after(api.click(message, customId)),
      select: (message, customId, values) => after(api.select(message, customId, values)),
    },
  });
  const send = (command: Command, options: Record<string, OptionValue>) => {
    const sent = chat.sending(command.label);
    void after(api.slash(command.name, options)).finally(sent);
  };
  const line = new CommandLine({
    form: find("#command-line", HTMLFormElement),
    panel: find("#suggestions", HTMLElement),
    locale,
    send,
    autocomplete: (command, option, typed, options, signal) =>
      api.autocomplete(command.name, option.name, typed, options, signal),
  });
  const loadCommands = async () => {
    const commands = await api.commands();
    line.commands = commands;
    // They name items of the simulated game.
    if (place.world) find("#examples", HTMLElement).replaceChildren(...drawExamples(commands, locale, send));
  };
  api.events(
    (event) => {
      if (event.kind === "commands") loadCommands().catch(failed);
      else if (event.kind === "world") worldPanel?.update(event.world);
      else if (event.kind === "place") channels.update(event.place);
      else if (event.kind === "elsewhere") channels.note(event.channel, event.pings);
      else if (event.kind === "began" || event.kind === "step") requests.apply(event);
      else {
        // What is remembered of the requests follows the history.
        if (event.kind === "history") requests.clear();
        // What the bot waits for changes by what people tell it, which it answers with a message.
        worldPanel?.look();
        chat.apply(event);
      }
    },
    (connected) => {
      status.textContent = connected ? "" : texts.connectionLost;
      if (!connected) return;
      loadCommands().catch(failed);
      // Channels may have come and gone meanwhile.
      api.place().then((now) => {
        channels.update(now);
      }, failed);
    },
  );
  setInterval(() => {
    refreshTimes(reader);
    worldPanel?.tick();
  }, 1_000);
  line.focus();
  // Whoever begins to type means the command line, wherever the focus is.
  document.addEventListener("keydown", ({ key, ctrlKey, metaKey, altKey, target }) => {
    const elsewhere = target instanceof Element && target.closest("input, select, textarea, dialog") !== null;
    if (key.length === 1 && key !== " " && !elsewhere && !ctrlKey && !metaKey && !altKey) line.focus();
  });
}

/** What went wrong with a modal, in words. */
async function submitted(sent: Promise<Answer>, texts: Texts): Promise<string | undefined> {
  try {
    const { failure } = await sent;
    return failure === undefined ? undefined : texts.interactionFailed;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

start().catch((error: unknown) => {
  find("#status", HTMLElement).textContent = error instanceof Error ? error.message : String(error);
});
