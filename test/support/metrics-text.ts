/** Samples of Prometheus' text format by series: `pwru_events_total{stage="produced"}`, labels sorted by name. */
export type Samples = ReadonlyMap<string, number>;

export function parseSamples(text: string): Samples {
  const samples = new Map<string, number>();
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const match = /^(?<name>[a-zA-Z_:][\w:]*)(?:\{(?<labels>.*)\})? (?<value>\S+)$/.exec(line);
    if (match?.groups === undefined) throw new Error(`This is no sample: ${line}`);
    const { name = '', labels, value } = match.groups;
    const key = labels === undefined ? name : `${name}{${labels.split(',').sort().join(',')}}`;
    if (samples.has(key)) throw new Error(`This series is there twice: ${line}`);
    samples.set(key, Number(value));
  }
  return samples;
}

/** The value of a series. @throws Error when there is none */
export function sample(samples: Samples, series: string): number {
  const value = samples.get(series);
  if (value === undefined) throw new Error(`There is no series ${series}`);
  return value;
}

/** The sum of all series of a metric. */
export function sumOf(samples: Samples, metric: string): number {
  return [...samples]
    .filter(([series]) => series === metric || series.startsWith(`${metric}{`))
    .reduce((sum, [, value]) => sum + value, 0);
}
