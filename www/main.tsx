import "./style.css";
import { type ComponentType, render } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Sheet } from "./apr/sheet";
import { loadEngine, version } from "./engine";
import { copyFullFigures } from "./figure";

type Section = "apr" | "loan" | "sim";
const TITLES: Record<Section, string> = { apr: "Check an APR", loan: "Loan", sim: "Simulator" };
const ADDRESSES: Record<Section, string> = { apr: "#", loan: "#loan", sim: "#sim" };
/** They are fetched with the first visit to them. */
const LATER = {
  loan: async () => (await import(/* webpackChunkName: "loan" */ "./loan/loan-section")).LoanSection,
  sim: async () => (await import(/* webpackChunkName: "sim" */ "./sim/sim-section")).SimSection,
};
const LATER_SECTIONS = Object.keys(LATER) as (keyof typeof LATER)[];

const root = document.getElementById("page");
if (root === null) throw new Error("The page has lost its root element.");

try {
  await loadEngine();
  root.replaceChildren();
  render(<Page />, root);
  document.addEventListener("copy", copyFullFigures);
} catch (thrown) {
  root.textContent = `The calculator could not be loaded: ${thrown instanceof Error ? thrown.message : String(thrown)} Reload the page; if that does not help, the browser may be too old for WebAssembly.`;
  throw thrown;
}

if ("serviceWorker" in navigator && isSecureContext) {
  addEventListener("load", keepOffline);
  if (document.readyState === "complete") void keepOffline();
}

/** Without the worker the page works as before, but only online. */
async function keepOffline(): Promise<void> {
  try {
    await navigator.serviceWorker.register("./service-worker.js");
  } catch (thrown) {
    console.info("This visit is not kept for offline use.", thrown);
  }
}

/** The section that a fragment belongs to; none if it is of neither. */
function sectionOf(fragment: string): Section | undefined {
  if (fragment === "" || fragment.startsWith("#apr?")) return "apr";
  return LATER_SECTIONS.find((section) => fragment === `#${section}` || fragment.startsWith(`#${section}?`));
}

function Page() {
  const [section, setSection] = useState<Section>(sectionOf(location.hash) ?? "apr");
  // What was once opened stays as it was left.
  const [visited, setVisited] = useState<ReadonlySet<Section>>(new Set([section]));
  const [links, setLinks] = useState<Partial<Record<Section, Link>>>({ [section]: { fragment: location.hash } });
  useEffect(() => {
    document.title = `${TITLES[section]} · llamath`;
    const follow = (event: HashChangeEvent) => {
      const next = sectionOf(location.hash) ?? section;
      setSection(next);
      setVisited((before) => new Set([...before, next]));
      if (next === "apr") return;
      // The first section listens by itself, and would take this link for a broken one of its own.
      event.stopImmediatePropagation();
      setLinks((before) => ({ ...before, [next]: { fragment: location.hash } }));
    };
    addEventListener("hashchange", follow, { capture: true });
    return () => removeEventListener("hashchange", follow, { capture: true });
  }, [section]);
  return (
    <>
      <header>
        <p class="wordmark">llamath</p>
        <nav aria-label="Sections">
          {(Object.keys(TITLES) as Section[]).map((one) => (
            <a key={one} href={ADDRESSES[one]} aria-current={one === section ? "page" : undefined}>{TITLES[one]}</a>
          ))}
        </nav>
      </header>
      <main>
        <h1 class="spoken">{TITLES[section]}</h1>
        {visited.has("apr") && <div hidden={section !== "apr"}><Sheet /></div>}
        {LATER_SECTIONS.map((later) => visited.has(later) && <div key={later} hidden={section !== later}><Later section={later} link={links[later] ?? NO_LINK} /></div>)}
      </main>
      <footer>
        <p>Computed in your browser by llamath {version}. Nothing you type leaves it, but for a reading from a chain or an endpoint that you start yourself. Estimates, not advice.</p>
      </footer>
    </>
  );
}

interface Link {
  fragment: string;
}
const NO_LINK: Link = { fragment: "" };

function Later({ section, link }: { section: keyof typeof LATER; link: Link }) {
  const [loaded, setLoaded] = useState<{ Shown: ComponentType<{ link: Link }> } | { failed: string }>();
  useEffect(() => {
    LATER[section]().then(
      (Shown) => setLoaded({ Shown }),
      (thrown: unknown) => setLoaded({ failed: thrown instanceof Error ? thrown.message : String(thrown) }),
    );
  }, []);
  if (loaded === undefined) return <p class="finding">Loading the section.</p>;
  if ("failed" in loaded) return <p class="wrong-link" role="alert">This section could not be loaded: {loaded.failed} Reload the page.</p>;
  return <loaded.Shown link={link} />;
}
