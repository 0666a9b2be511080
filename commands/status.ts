import { card, COLOURS, defineCommand, inlineCode, lines, time } from "../src/kernel/index.js";

export default defineCommand({
  name: "status",
  topic: "topic.account",
  visibility: "private",
  async run(_input, context) {
    const { t, number, told, health, stalcraft, items, clans, watching, region } = context;
    const [api, store, load] = await Promise.all([
      health.apiLatency(context.stalcraft, context.signal),
      health.store(),
      watching.load(),
    ]);
    const { remaining, limit, resetAt } = stalcraft.budget();
    const { count, readAt, failure } = items.state(region);
    const list = clans.peek(region);
    const latency = health.gatewayLatency();
    const budget =
      remaining === undefined || limit === undefined
        ? t("status.budget-unknown")
        : t("status.budget-left", {
            remaining: number(remaining),
            limit: number(limit),
            when: resetAt ? time(told(resetAt), "R") : "—",
          });
    return {
      embeds: [
        card({
          title: t("status.title", { version: health.version }),
          colour: api === undefined || !store ? COLOURS.alert : COLOURS.good,
          fields: [
            { name: t("status.bot"), value: t("status.up-since", { when: time(health.startedAt, "R") }), inline: true },
            {
              name: t("status.discord"),
              value: latency === undefined ? t("status.connected") : t("status.latency", { ms: number(latency) }),
              inline: true,
            },
            {
              name: t("status.api"),
              value: api === undefined ? t("status.api-asleep") : t("status.latency", { ms: number(api) }),
              inline: true,
            },
            {
              name: t("status.store"),
              value: store ? t("status.latency", { ms: number(store.latency) }) : t("status.api-asleep"),
              inline: true,
            },
            store && { name: t("status.links"), value: number(store.links), inline: true },
            { name: t("status.budget"), value: budget, inline: true },
            {
              name: t("status.watching"),
              value: t("status.watching-load", {
                count: load.subjects,
                spent: number(Math.ceil(load.spent)),
                allowed: number(Math.floor(load.allowed)),
              }),
              inline: true,
            },
            {
              name: t("status.items", { region }),
              value: lines(
                readAt ? t("status.read", { count, when: time(readAt, "R") }) : t("status.not-read"),
                failure && t("status.items-failed", { when: time(failure.at, "R"), what: inlineCode(failure.what) }),
              ),
              inline: true,
            },
            {
              name: t("status.clans", { region }),
              value: list
                ? t("status.read", { count: list.clans.length, when: time(list.readAt, "R") })
                : t("status.not-read"),
              inline: true,
            },
          ],
        }),
      ],
    };
  },
});
