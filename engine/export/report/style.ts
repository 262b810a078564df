// The report's style sheet: light paper on every screen, A4 in print, nothing loaded.

export const STYLE = `
@page { size: A4; margin: 16mm 15mm 18mm; @bottom-right { content: counter(page) " / " counter(pages); font: 8pt system-ui, sans-serif; color: #5b6670; } }
:root { color-scheme: light; font: 14px/1.5 system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; color: #1a1d21; background: #fff; }
* { box-sizing: border-box; }
body { max-width: 760px; margin: 2.2rem auto 4rem; padding: 0 1.2rem; }
header { border-bottom: 2px solid #0b62c4; padding-bottom: 0.9rem; margin-bottom: 1.2rem; }
header p { margin: 0.2rem 0 0; color: #4a525b; }
.kind { font-size: 0.78rem; letter-spacing: 0.08em; text-transform: uppercase; color: #0b62c4; font-weight: 600; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0.15rem 0 0.2rem; overflow-wrap: anywhere; }
h2 { font-size: 1.12rem; margin: 2rem 0 0.6rem; padding-bottom: 0.2rem; border-bottom: 1px solid #cdd3da; break-after: avoid; }
h3 { font-size: 0.95rem; margin: 1.1rem 0 0.3rem; break-after: avoid; }
p { margin: 0.4rem 0; overflow-wrap: anywhere; }
.result { background: #f2f6fb; border-left: 3px solid #0b62c4; padding: 0.6rem 0.9rem; margin: 0.8rem 0; break-inside: avoid; }
table { border-collapse: collapse; width: 100%; font-size: 0.92rem; }
thead { display: table-header-group; } tr { break-inside: avoid; }
th { font-weight: 600; } thead th { border-bottom: 1px solid #8b96a1; color: #4a525b; font-size: 0.85rem; }
td, th { padding: 0.24rem 0.8rem 0.24rem 0; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
tbody tr + tr td, tbody tr + tr th { border-top: 1px solid #edf0f3; }
tbody tr.part td, tbody tr.part th { border-top: 1px solid #8b96a1; }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; padding-right: 0; padding-left: 0.8rem; }
.facts th { width: 9.5rem; color: #4a525b; font-weight: 500; }
.whole, pre { break-inside: avoid; }
.groups { columns: 2; column-gap: 2.2rem; } .groups > div { break-inside: avoid; } .groups h3 { margin-top: 0; padding-top: 0.8rem; }
.groups .facts th { width: 1%; overflow-wrap: normal; }
.best { font-weight: 700; } .hash { font: 0.8rem ui-monospace, "DejaVu Sans Mono", monospace; }
.quiet { color: #4a525b; font-size: 0.86rem; }
figure { margin: 0.7rem 0 0.9rem; break-inside: avoid; }
.inside img { display: block; max-width: 100%; height: auto; }
figcaption { font-weight: 600; font-size: 0.92rem; display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1.2rem; }
.legend { font-weight: 400; display: flex; gap: 1rem; } .legend svg { width: 26px; margin-right: 0.35rem; vertical-align: middle; overflow: visible; }
figure > svg { width: 100%; height: auto; display: block; font-size: 11px; }
svg text { fill: #4a525b; font-family: inherit; } .grid { stroke: #e3e7eb; } .tick { stroke: #8b96a1; }
.mark { stroke: #8b96a1; stroke-dasharray: 2 3; } .line { fill: none; stroke-width: 1.5; stroke-linejoin: round; } .legend path { fill: none; }
pre { background: #f4f6f8; padding: 0.7rem 0.9rem; font: 0.78rem/1.45 ui-monospace, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; white-space: pre-wrap; margin: 0.5rem 0; }
.equation { font-size: 0.86rem; break-inside: avoid; }
.split { margin: 0.4rem 0 0.9rem; }
@media print {
  :root { font-size: 10.5pt; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  body { margin: 0; padding: 0; max-width: none; } h2 { margin-top: 1.4rem; }
  p { orphans: 3; widows: 3; }
}`;
