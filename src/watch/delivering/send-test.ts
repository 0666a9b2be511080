import { randomUUID } from "node:crypto";
import { abortable } from "../../time.js";
import type { SendTest, TestResult } from "../ports.js";
import { isDm } from "./verdict.js";
import type { Failed, Messenger, Render } from "./messenger.js";

/** Sends what a watch's alerts look like, without a sound and past the outbox. */
export function testSender<V>(messenger: Messenger<V>, render: Render<V>): SendTest {
  return async (tested, signal) => {
    const { id, kind, subject, rule, ownerId, guildId, target, locale } = tested;
    const event = { kind: "notice", notice: "test", watchId: id, watched: kind, subject, rule };
    const view = await render([{ event, watchId: id, ownerId, guildId }], { locale, held: false });
    if (view === undefined) return { kind: "unavailable" };
    return abortable(post(target, view), signal);
  };

  async function post(target: string, view: V): Promise<TestResult> {
    const [, id = ""] = target.split(":");
    const opened = isDm(target) ? await messenger.openDm(id) : { kind: "opened" as const, channelId: id };
    if (opened.kind !== "opened") return result(opened, undefined);
    const { channelId } = opened;
    const nonce = randomUUID().replaceAll("-", "").slice(0, 25);
    const posted = await messenger.post(channelId, { view, nonce, silent: true, triedAgoMs: null });
    if (posted.kind === "sent") return { kind: "sent", messageId: posted.messageId };
    return posted.kind === "deleted" ? { kind: "unavailable" } : result(posted, isDm(target) ? undefined : channelId);
  }

  async function result(failed: Failed, channelId: string | undefined): Promise<TestResult> {
    if (failed.kind !== "refused") return { kind: "unavailable" };
    const lacks = failed.reason === "hidden" || failed.reason === "permission";
    const missing = lacks && channelId !== undefined ? await messenger.missingIn(channelId) : undefined;
    return { kind: "refused", reason: missing ?? failed.reason };
  }
}
