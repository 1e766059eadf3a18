import { useLayoutEffect, useRef, useState } from "preact/hooks";

/** A drawing in true pixels, so that its letters are never stretched. */
export function useWidth() {
  const svg = useRef<SVGSVGElement>(null);
  const [width, setWidth] = useState(640);
  useLayoutEffect(() => {
    if (svg.current === null) return;
    const seen = new ResizeObserver(([entry]) => { if (entry !== undefined && entry.contentRect.width > 0) setWidth(entry.contentRect.width); });
    seen.observe(svg.current);
    return () => seen.disconnect();
  }, []);
  return { svg, width };
}
