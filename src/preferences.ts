import type { Chosen, Locale, Personal } from "./kernel/index.js";

declare module "./kernel/preferences.js" {
  interface ServerPreferences {
    /** The API's id of a region. */
    readonly region: string | null;
  }

  interface PersonPreferences {
    /** The auction's fee on a sale, in percent. */
    readonly feePercent: number | null;
    /** What a unit of the hideout's energy is worth to them, in rubles. */
    readonly energyPrice: number | null;
  }

  interface Personal {
    /** The API's id of the region meant where none is named. */
    readonly region: string;
    readonly trading: Trading;
  }
}

/** What somebody's calculations use. */
export interface Trading {
  /** The auction's fee on a sale, in percent: 0 to below 100. */
  readonly feePercent: number;
  /** What a unit of the hideout's energy is worth, in rubles. */
  readonly energyPrice: number;
}

/** The fee that most tools for the game use, unconfirmed by the developer; energy regenerates for free, so it costs nothing by default. */
const USUAL_TRADING: Trading = { feePercent: 5, energyPrice: 0 };

/** What somebody chose, or else their server, or what is usual. */
export function personal({ person, server, locale }: Chosen): Personal {
  return {
    region: person?.region ?? server?.region ?? usualRegion(locale),
    trading: {
      feePercent: person?.feePercent ?? USUAL_TRADING.feePercent,
      energyPrice: person?.energyPrice ?? USUAL_TRADING.energyPrice,
    },
  };
}

/** Where somebody most likely plays. */
function usualRegion(locale: Locale): string {
  return locale === "ru" ? "RU" : "EU";
}
