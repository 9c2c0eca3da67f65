import { useEffect, useRef, useState } from "preact/hooks";
import type { ComponentChildren } from "preact";
import type uPlot from "uplot";
import { Colours } from "./colours.ts";
import { placesOf, type RoundStep, topOf } from "./plot_scale.ts";

export interface PlotProps {
  /** Summary of the plot for screen readers, in a sentence or two. */
  label: string;
  /** Values by series, the one in the background first; null leaves a gap. */
  data: readonly (readonly (number | null)[])[];
  series: (colours: Colours, lib: typeof uPlot) => uPlot.Series[];
  /** The label below point `n`. */
  tick(n: number): string;
  /** The label at the side. */
  value(value: number): string;
  /** Distance of the labels at the side. */
  step: RoundStep;
  /** The tooltip at the pointer, which is read aloud when arrow keys move to
   * the point. */
  tip(n: number): ComponentChildren;
}

const HEIGHT = 220;
/** Width of one label below, in pixels. */
const TICK_WIDTH = 64;

/**
 * A plot over time, in the colours of the page. The pointer, or the arrow keys,
 * move from point to point. It is drawn again when the page's width or theme
 * changes.
 */
export function Plot(props: PlotProps) {
  const frame = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | undefined>(undefined);
  const now = useRef(props);
  now.current = props;
  const [at, setAt] = useState<number | undefined>(undefined);
  const [isTold, setTold] = useState(false);
  const count = props.data[0]?.length ?? 0;

  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const shown = new AbortController();
    void draw(element, () => now.current, setAt).then((drawn) => {
      if (shown.signal.aborted) return drawn[Symbol.dispose]();
      plot.current = drawn.plot;
      shown.signal.addEventListener("abort", () => drawn[Symbol.dispose]());
    });
    return () => shown.abort();
  }, []);
  useEffect(() => {
    plot.current?.setData(alignedData(props.data));
    setAt(undefined);
  }, [props.data]);

  function go(event: KeyboardEvent): void {
    const to = placeOf(event.key, at, count);
    if (to === undefined) return;
    event.preventDefault();
    setTold(true);
    const left = plot.current?.valToPos(to, "x") ?? 0;
    plot.current?.setCursor({ left, top: 0 });
    setAt(to);
  }
  const isThere = at !== undefined && at < count;
  return (
    <div class="plot">
      <div
        ref={frame}
        class="plot-canvas"
        role="img"
        tabIndex={0}
        aria-label={props.label}
        onKeyDown={go}
        onBlur={() => plot.current?.setCursor({ left: -10, top: -10 })}
      />
      {isThere && plot.current && (
        <Tip plot={plot.current} at={at}>{props.tip(at)}</Tip>
      )}
      <p class="hidden-label" role="status">
        {isTold && isThere && props.tip(at)}
      </p>
    </div>
  );
}

/** Placed next to the point, on the side with more room. */
function Tip({ plot, at, children }: {
  plot: uPlot;
  at: number;
  children: ComponentChildren;
}) {
  const element = useRef<HTMLDivElement>(null);
  const left = plot.over.offsetLeft + plot.valToPos(at, "x");
  // Set by the style's own methods, because the page's policy allows no style
  // attributes.
  useEffect(() => {
    element.current?.style.setProperty("--left", `${left}px`);
  }, [left]);
  return (
    <div
      ref={element}
      class={`plot-tip ${left * 2 > plot.width ? "plot-tip-before" : ""}`}
      aria-hidden="true"
    >
      {children}
    </div>
  );
}

function placeOf(
  key: string,
  at: number | undefined,
  count: number,
): number | undefined {
  switch (key) {
    case "ArrowRight":
      return Math.min((at ?? -1) + 1, count - 1);
    case "ArrowLeft":
      return Math.max((at ?? count) - 1, 0);
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return undefined;
  }
}

/** Loads the library and draws. The result has to be disposed. */
async function draw(
  element: HTMLElement,
  props: () => PlotProps,
  onPoint: (at: number | undefined) => void,
): Promise<Disposable & { plot: uPlot }> {
  const { default: Lib } = await import("uplot");
  const colours = new Colours(element);
  const size = () => ({ width: element.clientWidth, height: HEIGHT });
  const plot = new Lib(
    { ...optionsOf(props, { colours, lib: Lib, onPoint }), ...size() },
    alignedData(props().data),
    element,
  );
  // Hide the drawing from screen readers, because the frame's name describes it.
  plot.root.setAttribute("aria-hidden", "true");
  const resized = new ResizeObserver(() => plot.setSize(size()));
  resized.observe(element);
  const unwatch = colours.watch(() => plot.redraw(true, true));
  return {
    plot,
    [Symbol.dispose]() {
      resized.disconnect();
      unwatch();
      plot.destroy();
    },
  };
}

function optionsOf(
  props: () => PlotProps,
  { colours, lib, onPoint }: {
    colours: Colours;
    lib: typeof uPlot;
    onPoint: (at: number | undefined) => void;
  },
): Omit<uPlot.Options, "width" | "height"> {
  const text = {
    font: "12px system-ui, sans-serif",
    stroke: () => colours.of("--text-soft"),
  };
  const line = { stroke: () => colours.of("--line"), width: 1 };
  return {
    series: [{}, ...props().series(colours, lib)],
    legend: { show: false },
    padding: [8, 4, 0, 0],
    cursor: {
      y: false,
      drag: { x: false, y: false, setScale: false },
      points: { show: false },
    },
    scales: {
      x: {
        time: false,
        range: (plot) => [-0.5, (plot.data[0]?.length ?? 1) - 0.5],
      },
      y: { range: (_, __, most) => [0, topOf(most ?? 0, props().step)] },
    },
    axes: [
      {
        ...text,
        size: 28,
        grid: { show: false },
        ticks: { show: false },
        splits: (plot) => ticksFor(plot.data[0]?.length ?? 0, widthOf(plot)),
        values: (_, all) => all.map((n) => props().tick(n)),
      },
      {
        ...text,
        size: (_, values) =>
          12 + 7 * Math.max(2, ...(values ?? []).map(({ length }) => length)),
        gap: 8,
        grid: line,
        ticks: { show: false },
        splits: (plot) => placesOf(plot.scales.y?.max ?? 1, props().step),
        values: (_, all) => all.map((n) => props().value(n)),
      },
    ],
    hooks: {
      setCursor: [({ cursor }) => onPoint(cursor.idx ?? undefined)],
    },
  };
}

function alignedData(data: PlotProps["data"]): uPlot.AlignedData {
  const [first = []] = data;
  return [first.map((_, n) => n), ...data.map((values) => [...values])];
}

function widthOf({ width }: uPlot): number {
  return width - 48;
}

/** Labels every nth point, so that no labels touch. */
function ticksFor(count: number, width: number): number[] {
  const room = Math.max(1, Math.floor(width / TICK_WIDTH));
  const every = Math.max(1, Math.ceil(count / room));
  return Array.from({ length: Math.ceil(count / every) }, (_, n) => n * every);
}
