/// The look of the statement: dense, official, one accent; light and dark; A4 in print.
enum StatementStyle {
    static let text = """
        :root { --ink: #1c2421; --quiet: #5a6863; --line: #d5ddd9; --paper: #fff; --tint: #f2f6f4; --jade: #00695c;
          --eligible: #8fc7bb; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e4ebe8; --quiet: #9db0a9; --line: #33413c;
          --paper: #131a17; --tint: #1b2521; --jade: #4db6a5; --eligible: #2f6f63; } }
        * { box-sizing: border-box; }
        body { margin: 0; color: var(--ink); background: var(--paper); font: 14px/1.5 "Noto Sans CJK SC",
          "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", system-ui, sans-serif; font-variant-numeric: tabular-nums; }
        header, main { max-width: 1180px; margin: 0 auto; padding: 0 20px; }
        header { border-top: 4px solid var(--jade); padding-top: 18px; }
        h1 { font-size: 22px; margin: 0; } h2 { font-size: 16px; margin: 28px 0 6px; border-bottom: 1px solid var(--line);
          padding-bottom: 4px; }
        .en { color: var(--quiet); font-weight: normal; font-size: .86em; }
        .subtitle, .note { color: var(--quiet); margin: 4px 0 10px; }
        .cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(210px, 1fr)); gap: 8px; margin: 0; }
        .cards div { background: var(--tint); border-left: 3px solid var(--jade); padding: 6px 10px; }
        dt { font-size: 12px; color: var(--quiet); } dd { margin: 0; font-size: 18px; } dd small { font-size: 11px;
          color: var(--quiet); }
        .scroll { overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; font-size: 12.5px; }
        th, td { text-align: left; vertical-align: top; padding: 4px 7px; border-bottom: 1px solid var(--line); }
        th { background: var(--tint); font-weight: 600; } td.n { text-align: right; white-space: nowrap; }
        td.hash { font-family: monospace; font-size: 10.5px; word-break: break-all; }
        svg { width: 100%; height: auto; max-width: 860px; }
        svg text { fill: var(--ink); font-size: 12px; } svg .en { fill: var(--quiet); font-size: 10px; }
        svg .aligned, .legend .aligned { fill: var(--jade); background: var(--jade); }
        svg .eligible, .legend .eligible { fill: var(--eligible); background: var(--eligible); }
        .legend span { display: inline-block; width: 12px; height: 12px; margin: 0 4px 0 12px; }
        details { border: 1px solid var(--line); padding: 6px 10px; margin: 6px 0; } summary { cursor: pointer; }
        @page { size: A4 landscape; margin: 12mm; }
        @media print { :root { --paper: #fff; --ink: #000; --tint: #f2f6f4; } body { font-size: 10px; }
          table { font-size: 8.5px; } th, td { padding: 2px 4px; } section { break-inside: auto; }
          section.chart { break-inside: avoid; } tr, .cards div { break-inside: avoid; }
          h2 { break-after: avoid; } .scroll { overflow: visible; } }

        """
}
