import { ButtonStyle } from "discord-api-types/v10";
import type { Logger } from "pino";
import type { Random } from "../time.js";
import { LinkNeededError } from "./account.js";
import { alternativeButtons } from "./alternatives.js";
import { button, row } from "./card.js";
import type { Context } from "./context.js";
import { encodeCustomId } from "./custom-id.js";
import { errorId, type UserError } from "./errors.js";
import type { Explanations } from "./explain.js";
import type { Target } from "./target.js";
import type { Texts } from "./texts.js";
import type { Loss, UndeliveredError } from "./undelivered.js";
import type { Row, View } from "./view.js";

export interface FailuresOptions {
  readonly explanations: Explanations;
  readonly texts: Texts;
  readonly random: Random;
  /** The component, without state, that begins to link an account; it hangs under answers that ask for one. */
  readonly linking?: { readonly command: string; readonly action: string } | undefined;
}

/** What somebody is told in place of an answer: a reason, or the id of an error of ours. */
export interface Told {
  readonly result: View;
  readonly ending: "refused" | "failed";
}

/** Puts failures into words, for the person and for the log. */
export class Failures {
  readonly #options: FailuresOptions;

  constructor(options: FailuresOptions) {
    this.#options = options;
  }

  /** What the person reads of an error; what the operator needs goes to the log. */
  async tell(error: unknown, target: Target, context: Context, log: Logger): Promise<Told> {
    const { explanations, texts, random } = this.#options;
    const known = await explanations.explain(error, context, target);
    if (known) {
      log.debug({ err: error, key: known.key }, "refused");
      const content = texts.say(known, context.locale, context.mention);
      return { result: { content, components: this.#buttonsUnder(known, target, context) }, ending: "refused" };
    }
    const id = errorId(random);
    log.error({ err: error, errorId: id }, "a command failed");
    return { result: { content: context.t("error.unexpected", { id }) }, ending: "failed" };
  }

  #buttonsUnder(known: UserError, { call }: Target, context: Context): readonly Row[] {
    if (known instanceof LinkNeededError) return this.#linkButton(context);
    return call ? alternativeButtons(known.alternatives, call, context.userId) : [];
  }

  #linkButton({ t, userId }: Context): readonly Row[] {
    const { linking } = this.#options;
    if (!linking) return [];
    const customId = encodeCustomId({ ...linking, owner: userId, values: [] });
    return [row(button({ label: t("account.link"), customId, style: ButtonStyle.Primary }))];
  }
}

/** Why nobody saw an answer, which is told in the log. */
export function lossOf(error: UndeliveredError, log: Logger): Loss {
  const { loss } = error;
  log[loss === "gone" ? "debug" : "warn"]({ err: error, loss }, "the answer did not arrive");
  return loss;
}
