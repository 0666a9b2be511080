import type { PointsAccount, PointsLease, PointsTrade } from "@zonewire/stalcraft";
import type { PointAccounts } from "../store/index.js";
import type { Clock } from "../time.js";
import { inTime } from "./in-time.js";

/** What hears of the account that processes share, for metrics. */
export interface PointsObserver {
  traded(trade: PointsTrade, lease: PointsLease): void;
  /** The account did not answer: this process keeps to its share of the limit. */
  accountAway(): void;
}

/** So long people wait for the account before they have what this process may spend alone. */
const PATIENCE_MS = 1_000;

/** The account in the database, for the client of the game's API. */
export class SharedPoints implements PointsAccount {
  readonly #accounts: Pick<PointAccounts, "trade">;
  readonly #clock: Clock;
  readonly #observer: PointsObserver;

  constructor(accounts: Pick<PointAccounts, "trade">, clock: Clock, observer: PointsObserver) {
    this.#accounts = accounts;
    this.#clock = clock;
    this.#observer = observer;
  }

  async trade(trade: PointsTrade): Promise<PointsLease> {
    const trading = this.#accounts.trade(trade);
    const traded = await inTime(trading, PATIENCE_MS, this.#clock);
    if (traded === undefined) {
      this.#observer.accountAway();
      trading.then((late) => this.#giveBack(trade, late)).catch(() => undefined);
      throw new Error("the account of points does not answer");
    }
    this.#observer.traded(trade, traded.value);
    return traded.value;
  }

  /** What came too late for the one who wanted it. */
  async #giveBack({ credential, priority }: PointsTrade, { window, points }: PointsLease): Promise<void> {
    if (points === 0) return;
    await this.#accounts.trade({
      ...{ credential, window, want: 0, least: 0, priority, back: points, owed: 0, report: undefined },
    });
  }
}
