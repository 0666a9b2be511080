import { loadCanvas, type CanvasLibrary } from "./fonts.js";

export interface Library {
  readonly canvas: CanvasLibrary;
  readonly Chart: typeof import("chart.js").Chart;
}

/** What charts are made with, and no more of it than they need. */
export async function loadLibrary(): Promise<Library> {
  const [canvas, chart] = await Promise.all([loadCanvas(), import("chart.js")]);
  chart.Chart.register(
    chart.BarController,
    chart.BarElement,
    chart.Filler,
    chart.Legend,
    chart.LinearScale,
    chart.LineController,
    chart.LineElement,
    chart.LogarithmicScale,
    chart.PointElement,
    chart.ScatterController,
  );
  return { canvas, Chart: chart.Chart };
}
