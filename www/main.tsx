import "./style.css";
import { type ComponentType, render } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Sheet } from "./apr/sheet";
import { loadEngine, version } from "./engine";
import { copyFullFigures } from "./figure";

interface LaterProps {
  link: { fragment: string };
}

/** Sections that are fetched with the first visit to them. */
const LATER = {
  loan: { title: "Loan", load: async () => (await import(/* webpackChunkName: "loan" */ "./loan/loan-section")).LoanSection },
  sim: { title: "Simulator", load: async () => (await import(/* webpackChunkName: "sim" */ "./sim/sim-section")).SimSection },
  ceiling: { title: "Debt ceiling", load: async () => (await import(/* webpackChunkName: "ceiling" */ "./desk/ceiling/ceiling-section")).CeilingSection },
  oracles: { title: "Oracles", load: async () => (await import(/* webpackChunkName: "oracles" */ "./desk/oracles/oracles-section")).OraclesSection },
  report: { title: "Market report", load: async () => (await import(/* webpackChunkName: "report" */ "./desk/report/report-section")).ReportSection },
} satisfies Record<string, { title: string; load: () => Promise<ComponentType<LaterProps>> }>;
type LaterSection = keyof typeof LATER;
const LATER_SECTIONS = Object.keys(LATER) as LaterSection[];

type Section = "apr" | LaterSection;
const SECTIONS: readonly Section[] = ["apr", ...LATER_SECTIONS];
const titleOf = (section: Section) => (section === "apr" ? "Check an APR" : LATER[section].title);

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

/** The section that a fragment belongs to; none if it is of none. */
function sectionOf(fragment: string): Section | undefined {
  if (fragment === "") return "apr";
  return SECTIONS.find((name) => fragment === `#${name}` || fragment.startsWith(`#${name}?`));
}

function Page() {
  const [section, setSection] = useState<Section>(sectionOf(location.hash) ?? "apr");
  // What was once opened stays as it was left.
  const [visited, setVisited] = useState<ReadonlySet<Section>>(new Set([section]));
  const [links, setLinks] = useState<Partial<Record<Section, LaterProps["link"]>>>({ [section]: { fragment: location.hash } });
  useEffect(() => {
    document.title = `${titleOf(section)} · llamath`;
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
          {SECTIONS.map((one) => (
            <a key={one} href={`#${one}`} aria-current={one === section ? "page" : undefined}>{titleOf(one)}</a>
          ))}
        </nav>
      </header>
      <main>
        <h1 class="spoken">{titleOf(section)}</h1>
        {visited.has("apr") && <div hidden={section !== "apr"}><Sheet /></div>}
        {LATER_SECTIONS.filter((name) => visited.has(name)).map((name) => (
          <div key={name} hidden={section !== name}><Later name={name} link={links[name] ?? NO_LINK} /></div>
        ))}
      </main>
      <footer>
        <p>Computed in your browser by llamath {version}. Nothing you type leaves it, but for a reading from a chain or an endpoint that you start yourself. Estimates, not advice.</p>
      </footer>
    </>
  );
}

const NO_LINK = { fragment: "" };

function Later({ name, link }: LaterProps & { name: LaterSection }) {
  const [loaded, setLoaded] = useState<{ Loaded: ComponentType<LaterProps> } | { failed: string }>();
  useEffect(() => {
    LATER[name].load().then(
      (Loaded) => setLoaded({ Loaded }),
      (thrown: unknown) => setLoaded({ failed: thrown instanceof Error ? thrown.message : String(thrown) }),
    );
  }, []);
  if (loaded === undefined) return <p class="finding">Loading the section.</p>;
  if ("failed" in loaded) return <p class="wrong-link" role="alert">This section could not be loaded: {loaded.failed} Reload the page.</p>;
  return <loaded.Loaded link={link} />;
}
