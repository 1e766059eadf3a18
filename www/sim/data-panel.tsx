// Where the candles come from: the example, files, or an endpoint that the user names.

import { useId, useState } from "preact/hooks";
import { Field } from "../field";
import { Fold } from "../fold";
import { format } from "../format";
import { useSim } from "./context";
import type { Series } from "./protocol";

export function DataPanel() {
  const { series, reading, failed, isExample, openExample, openFiles } = useSim();
  const [isOver, setOver] = useState(false);
  const id = useId();
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    openFiles([...(event.dataTransfer?.files ?? [])]);
  };
  return (
    <section>
      <h2>Candles</h2>
      <div
        class={isOver ? "drop over" : "drop"}
        onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)} onDrop={drop}
      >
        <p role="status">{reading !== undefined ? `Reading ${reading}.` : series === undefined ? "None yet." : saysOf(series, isExample)}</p>
        <p class="note">Binance klines as JSON or CSV, or time, open, high, low, close; also gzipped. Each file is a series of its own. They stay in this browser.</p>
        {failed.map(({ name, says }) => <p class="error" role="alert" key={name}>{name}: {says}{series !== undefined && " What was open before stays."}</p>)}
        <div class="choose">
          <label for={id} class="button">Choose files</label>
          <input
            id={id} type="file" multiple accept=".csv,.json,.txt,.gz" aria-label="Candle files" aria-describedby={`${id}-note`} aria-invalid={failed.length > 0}
            onChange={(event) => { openFiles([...(event.currentTarget.files ?? [])]); event.currentTarget.value = ""; }}
          />
          <span class="note" id={`${id}-note`}>or drop them here</span>
        </div>
      </div>
      {!isExample && series !== undefined && <p class="actions"><button type="button" class="quiet" onClick={openExample}>Back to the example</button></p>}
      <Endpoint />
    </section>
  );
}

function saysOf(series: readonly Series[], isExample: boolean): string {
  const rows = format(series.reduce((sum, one) => sum + one.rows, 0), "plain");
  if (isExample) return `An example: ${rows} minutes of a price that never was, with six crashes.`;
  const lost = series.reduce((sum, { quality }) => sum + quality.leftOut.length, 0);
  const [first] = series;
  const what = series.length === 1 ? first?.name : `${series.length} files`;
  return `${what}: ${rows} candles.${lost === 0 ? "" : ` ${format(lost, "plain")} ${lost === 1 ? "row was" : "rows were"} left out.`}`;
}

function Endpoint() {
  const { fetchFrom, reading } = useSim();
  const [url, setUrl] = useState("");
  const [pages, setPages] = useState("1");
  const wrongUrl = url === "" ? undefined : wrongOf(url);
  const isWhole = /^\d{1,4}$/.test(pages.trim()) && Number(pages) > 0;
  return (
    <Fold title="Fetch from an endpoint" says="yours to name">
      <Field label="Address" value={url} onInput={setUrl} plain error={wrongUrl} placeholder="https://…/klines?symbol=…&interval=1m" />
      <Field
        label="Pages" value={pages} onInput={setPages} error={isWhole ? undefined : "This is a whole number from 1 to 9,999."}
        note="Each page after the first asks for startTime after the last candle: name a startTime in the address for more than one."
      />
      <p><button type="button" class="quiet" disabled={url === "" || wrongUrl !== undefined || !isWhole || reading !== undefined} onClick={() => fetchFrom(url.trim(), Number(pages))}>Fetch</button></p>
    </Fold>
  );
}

function wrongOf(address: string): string | undefined {
  if (!URL.canParse(address.trim())) return "This is no whole address; it begins with https://.";
  const { protocol, hostname } = new URL(address.trim());
  const isLocal = hostname === "localhost" || hostname === "127.0.0.1";
  return protocol === "https:" || (protocol === "http:" && isLocal) ? undefined : "The address must begin with https://, or with http:// on this machine.";
}
