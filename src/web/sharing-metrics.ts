import { Counter, Gauge, type Registry } from "prom-client";
import type { PointsLease, PointsTrade } from "@zonewire/stalcraft";

/** What a process takes of what several share. Of all their processes, each counts its own part. */
export class SharingMetrics {
  readonly #points: Counter<"what">;
  readonly #pointsLeft: Gauge;
  readonly #accountUp: Gauge;
  readonly #answers: Counter<"route" | "from">;
  #frozenUntil = 0;

  constructor(registry: Registry) {
    const registers = [registry];
    this.#points = new Counter({
      name: "zonewire_shared_points_total",
      help: "Points of the game's API that this process took of the account of all (leased), gave back (returned), or spent without it (alone)",
      labelNames: ["what"],
      registers,
    });
    this.#pointsLeft = new Gauge({
      name: "zonewire_shared_points_left",
      help: "Points that the account of all had left for this minute when this process last asked",
      registers,
    });
    this.#accountUp = new Gauge({
      name: "zonewire_shared_points_up",
      help: "1 while the account of all answers; else this process keeps to an equal share of the limit",
      registers,
    });
    this.#accountUp.set(1);
    const frozenMs = () => Math.max(0, this.#frozenUntil - Date.now());
    new Gauge({
      name: "zonewire_shared_points_frozen_seconds",
      help: "For how long no process asks the game's API, because it refused one",
      registers,
      collect() {
        this.set(frozenMs() / 1_000);
      },
    });
    this.#answers = new Counter({
      name: "zonewire_shared_answers_total",
      help: "Questions to the game that were not in memory: another process knew the answer (hit), was just asking (waited), or this one asked (fetched)",
      labelNames: ["route", "from"],
      registers,
    });
  }

  traded({ back, owed }: PointsTrade, { points, remaining, frozenIn }: PointsLease): void {
    this.#points.inc({ what: "leased" }, points);
    this.#points.inc({ what: "returned" }, back);
    this.#points.inc({ what: "alone" }, owed);
    this.#pointsLeft.set(remaining);
    this.#accountUp.set(1);
    this.#frozenUntil = frozenIn > 0 ? Date.now() + frozenIn : 0;
  }

  accountAway(): void {
    this.#accountUp.set(0);
  }

  /** `route`: a name from the code. */
  answered(route: string, from: "hit" | "waited" | "fetched"): void {
    this.#answers.inc({ route, from });
  }
}
