import "./style.css";
import { render } from "preact";
import { Sheet } from "./apr/sheet";
import { loadEngine, version } from "./engine";
import { copyFullFigures } from "./figure";

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

function Page() {
  return (
    <>
      <header>
        <p class="wordmark">llamath</p>
        <h1>Check an APR</h1>
      </header>
      <main><Sheet /></main>
      <footer>
        <p>Computed in your browser by llamath {version}. Nothing you type leaves it, but for a reading from a chain that you start yourself. Estimates, not advice.</p>
      </footer>
    </>
  );
}
