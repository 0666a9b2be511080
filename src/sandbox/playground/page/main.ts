import { Api } from "./api.js";
import { Chat } from "./chat.js";
import { CommandLine } from "./command-line.js";
import { el, find } from "./dom.js";
import { refreshTimes, type Reader } from "./draw-markdown.js";
import { openModal } from "./modal.js";
import type { Answer, Place } from "./protocol.js";
import { chooseLanguage, languages, type Texts } from "./texts.js";

/** Who looks, in which language: `?person=…&locale=…`. A change loads the page anew. */
const address = new URLSearchParams(location.search);
const { locale, texts } = chooseLanguage([address.get("locale") ?? "", ...navigator.languages]);

async function start(): Promise<void> {
  const wanted = address.get("person") ?? undefined;
  const everyone = await new Api({ person: undefined, locale }).place();
  // The people of an earlier start of the bot have other ids.
  const viewer = everyone.people.find(({ id }) => id === wanted) ?? everyone.people[0];
  if (viewer === undefined) throw new Error("there is nobody here");
  const api = new Api({ person: viewer.id, locale });
  const place = await api.place();
  showPlace(place, viewer.id);

  const status = find("#status", HTMLElement);
  const failed = (error: unknown) => {
    status.textContent = error instanceof Error ? error.message : String(error);
  };
  const after = async (acted: Promise<Answer>): Promise<Answer | undefined> => {
    try {
      const answer = await acted;
      status.textContent = "";
      const { modal } = answer;
      if (modal) openModal(modal, (fields) => submitted(api.submit(modal.interaction, fields), texts), texts);
      return answer;
    } catch (error) {
      failed(error);
      return undefined;
    }
  };
  const reader: Reader = {
    locale,
    place,
    viewer,
    useCommand: (name) => {
      line.begin(name);
    },
  };
  const chat = new Chat({
    list: find("#messages", HTMLElement),
    pane: find("#pane", HTMLElement),
    reader,
    texts,
    actions: {
      click: (message, customId) => after(api.click(message, customId)),
      select: (message, customId, values) => after(api.select(message, customId, values)),
    },
  });
  const line = new CommandLine({
    form: find("#command-line", HTMLFormElement),
    panel: find("#suggestions", HTMLElement),
    texts,
    send: (command, options) => {
      const sent = chat.sending(viewer.name, command.label);
      void after(api.slash(command.name, options)).finally(sent);
    },
    autocomplete: (command, option, typed, options, signal) =>
      api.autocomplete(command.name, option.name, typed, options, signal),
  });
  const loadCommands = async () => {
    line.commands = await api.commands();
  };
  api.events(
    (event) => {
      if (event.kind === "commands") loadCommands().catch(failed);
      else chat.apply(event);
    },
    (connected) => {
      status.textContent = connected ? "" : texts.connectionLost;
      if (connected) loadCommands().catch(failed);
    },
  );
  setInterval(() => {
    refreshTimes(locale);
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

function showPlace({ guild, channel, people, bot }: Place, person: string): void {
  document.documentElement.lang = locale;
  document.title = `#${channel} · ${bot.name}`;
  find("#channel", HTMLElement).textContent = `# ${channel}`;
  find("#guild", HTMLElement).textContent = guild;
  find("#simulated", HTMLElement).textContent = texts.simulated;
  find("#welcome", HTMLElement).textContent = texts.welcome;
  find("#messages", HTMLElement).setAttribute("aria-label", texts.messages);
  const names = people.map(({ id, name }) => ({ value: id, name }));
  const tongues = languages.map(({ locale: value, name }) => ({ value, name }));
  find("#switches", HTMLElement).append(
    drawSwitch("person", texts.person, names, person),
    drawSwitch("locale", texts.language, tongues, locale),
  );
}

function drawSwitch(
  parameter: string,
  label: string,
  choices: readonly { value: string; name: string }[],
  chosen: string,
): HTMLElement {
  const options = choices.map(({ value, name }) => el("option", { value, selected: value === chosen }, name));
  const select = el("select", { autocomplete: "off" }, ...options);
  select.addEventListener("change", () => {
    address.set(parameter, select.value);
    location.search = address.toString();
  });
  return el("label", {}, el("span", {}, label), select);
}

start().catch((error: unknown) => {
  find("#status", HTMLElement).textContent = error instanceof Error ? error.message : String(error);
});
