import type { Clock } from "../clock.js";
import type { PointsAccount, PointsLease, PointsReport } from "../points.js";
import type { Priority } from "../request.js";
import { type Budget, type LimitReport, type Verdict, windowLength } from "./budget.js";

/** Points are taken from the account in this part of the limit, and no more than so many at once. */
const chunkPart = 0.1;
const largestChunk = 20;
/** Fewer than this part of a chunk in hand: the next one is taken before they are spent. */
const lowPart = 0.25;
/** What is not spent so long after it was taken goes back. */
const returnedAfter = 8_000;
/** The account is not asked again sooner after it had nothing, or did not answer. */
const askedAgainAfter = 2_000;
/** While the account cannot be reached and has told nothing yet. */
const usualLimit = 50;
const usualProcesses = 4;

interface Denial {
  /** Nothing is to be had before. */
  readonly until: number;
  /** Others may give something back: then it is worth asking again. */
  readonly askAgainAt: number;
}

/**
 * The points in hand of one process, where several processes spend one account. They are taken in small leases, each of one
 * window. While the account cannot be reached, the process keeps to an equal share of the limit.
 */
export class Purse {
  readonly #account: PointsAccount;
  readonly #credential: string;
  readonly #budget: Budget;
  readonly #clock: Clock;
  readonly #changed: () => void;
  #points = 0;
  #window: number | undefined;
  /** The points in hand are worth nothing from then on. */
  #endsAt = 0;
  /** The next window begins. */
  #opensAt = 0;
  #chunk = 1;
  #processes = usualProcesses;
  /** Spent in this window, with a lease or without. */
  #used = 0;
  /** Spent without a lease; the account is told. */
  #owed = 0;
  /** This machine's clock minus the account's. */
  #skew = 0;
  #trading: Promise<void> | undefined;
  #isAway = false;
  #denials: Partial<Record<Priority, Denial>> = {};
  #report: PointsReport | undefined;
  #limitIsKnown = false;
  #cancelReturn: (() => void) | undefined;

  /** @param changed is called when there may be points where there were none */
  constructor(account: PointsAccount, credential: string, budget: Budget, clock: Clock, changed: () => void) {
    this.#account = account;
    this.#credential = credential;
    this.#budget = budget;
    this.#clock = clock;
    this.#changed = changed;
  }

  /** The account cannot be reached. */
  get isAway(): boolean {
    return this.#isAway;
  }

  verdict(cost: number, priority: Priority, now: number): Verdict {
    if (this.#points >= cost && now < this.#endsAt) return { go: true };
    this.#roll(now);
    if (this.#isAway) {
      const share = Math.floor((this.#budget.limit ?? usualLimit) / this.#processes);
      return this.#used + cost <= share ? { go: true } : { go: false, until: this.#opensAt, certain: true };
    }
    const denial = this.#denials[priority];
    const isDenied = denial !== undefined && now < denial.askAgainAt;
    return isDenied
      ? { go: false, until: denial.until, certain: true }
      : { go: false, until: Infinity, certain: false };
  }

  /** Asks the account for points, unless that is under way or in vain. */
  seek(cost: number, priority: Priority, now: number): void {
    if (this.#trading || now < (this.#denials[priority]?.askAgainAt ?? 0)) return;
    this.#trade(Math.max(cost, this.#chunk), cost, priority);
  }

  spend(cost: number, priority: Priority, now: number): void {
    this.#used += cost;
    if (this.#points >= cost && now < this.#endsAt) {
      this.#points -= cost;
      if (this.#points < this.#chunk * lowPart) this.seek(cost, priority, now);
    } else {
      this.#owed += cost;
      this.seek(cost, priority, now);
    }
  }

  release(cost: number): void {
    this.#used -= cost;
    if (this.#owed >= cost) this.#owed -= cost;
    else this.#points += cost;
  }

  /** Takes note of what an answer said, and gives it back in this machine's time. */
  settle(report: LimitReport | undefined): LimitReport | undefined {
    if (report === undefined) return undefined;
    this.#note(report);
    if (report.refused) this.#points = 0;
    // All others are to stop, or are to know how much there is.
    if ((report.refused || (!this.#limitIsKnown && report.limit !== undefined)) && !this.#isAway) this.#trade(0, 0);
    return report.reset === undefined ? report : { ...report, reset: report.reset + this.#skew };
  }

  /** Gives back what is in hand. */
  async close(): Promise<void> {
    this.#cancelReturn?.();
    await this.#trading;
    if (this.#points > 0) this.#giveBack();
    await this.#trading;
    this.#cancelReturn?.();
  }

  #note(report: LimitReport): void {
    const old = this.#report;
    const ahead = (report.reset ?? 0) - (old?.reset ?? 0);
    const isLower = (report.remaining ?? Infinity) < (old?.remaining ?? Infinity);
    const refused = report.refused || old?.refused === true;
    if (old === undefined || ahead > 1_000 || (ahead > -1_000 && isLower)) this.#report = { ...report, refused };
    else if (report.refused) this.#report = { ...old, refused };
  }

  #roll(now: number): void {
    if (now < this.#opensAt) return;
    const over = this.#opensAt === 0 ? 0 : Math.floor((now - this.#opensAt) / windowLength);
    this.#opensAt = (this.#opensAt || now) + (over + 1) * windowLength;
    this.#points = 0;
    this.#used = 0;
    this.#owed = 0;
    this.#denials = {};
  }

  #giveBack(): void {
    // What is fetched now sets the timer anew.
    if (this.#trading) return;
    const back = this.#clock.now() < this.#endsAt ? this.#points : 0;
    this.#points = 0;
    if (back > 0) this.#trade(0, back);
  }

  /** @param share of `want` 0 what goes back, else what is of use at least */
  #trade(want: number, share: number, priority: Priority = "background"): void {
    if (this.#trading) return;
    const sentAt = this.#clock.now();
    this.#roll(sentAt);
    const owed = this.#owed;
    const report = this.#report;
    this.#report = undefined;
    // What is still under way from the window before is counted in the new one.
    const carried = this.#window !== undefined && sentAt >= this.#endsAt ? this.#budget.underWay - owed : 0;
    const trade = {
      credential: this.#credential,
      window: this.#window,
      want,
      least: want === 0 ? 0 : share,
      priority,
      back: want === 0 ? share : 0,
      owed: owed + Math.max(0, carried),
      report,
    };
    this.#trading = this.#account
      .trade(trade)
      .then(
        (lease) => {
          this.#owed -= Math.min(this.#owed, owed);
          this.#take(lease, sentAt, want, priority);
        },
        () => {
          this.#isAway = true;
          this.#report ??= report;
          const askAgainAt = this.#clock.now() + askedAgainAfter;
          this.#deny({ until: askAgainAt, askAgainAt });
        },
      )
      .then(() => {
        this.#trading = undefined;
        if (this.#report?.refused === true && !this.#isAway) this.#trade(0, 0);
        this.#changed();
      });
  }

  #take(lease: PointsLease, sentAt: number, want: number, priority: Priority): void {
    const { points, window, limit } = lease;
    if (window !== this.#window) {
      this.#used = 0;
      this.#points = 0;
    }
    if (this.#isAway) this.#denials = {};
    this.#isAway = false;
    this.#window = window;
    this.#points += points;
    // Counted from before the account was asked: it ends here no later than there.
    this.#endsAt = sentAt + lease.endsIn;
    this.#opensAt = sentAt + lease.opensIn;
    this.#skew = sentAt - lease.at;
    this.#processes = Math.max(1, lease.processes);
    this.#limitIsKnown = limit !== undefined;
    this.#chunk = Math.max(1, Math.min(largestChunk, Math.floor((limit ?? usualLimit) * chunkPart)));
    if (limit !== undefined)
      this.#budget.learn(limit, lease.remaining + this.#points + this.#budget.underWay, this.#opensAt);
    if (this.#points > 0) {
      this.#cancelReturn?.();
      this.#cancelReturn = this.#clock.setBackgroundTimeout(() => {
        this.#giveBack();
      }, returnedAfter);
    }
    if (points > 0) return;
    if (lease.frozenIn > 0) {
      const until = sentAt + lease.frozenIn;
      this.#deny({ until, askAgainAt: until });
    } else if (want > 0) {
      const askAgainAt = Math.min(this.#opensAt, this.#clock.now() + askedAgainAfter);
      this.#denials[priority] = { until: this.#opensAt, askAgainAt };
    }
  }

  #deny(denial: Denial): void {
    this.#denials = { interactive: denial, background: denial, bulk: denial };
  }
}
