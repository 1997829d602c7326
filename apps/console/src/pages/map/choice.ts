import type { Device } from '@sc/contracts';

/** What can be switched, in the order of the switches. */
export const mapLayers = [
  'areas',
  'devices',
  'alarms',
  'cases',
  'reports',
  'rounds',
  'officers',
  'blind-spots',
] as const;
export type MapLayer = (typeof mapLayers)[number];
export const connections = ['online', 'offline', 'never-seen'] as const satisfies readonly Device['connection'][];

export interface MapView {
  longitude: number;
  latitude: number;
  zoom: number;
}
/** What a popup stands open for. */
export interface Pick {
  kind: 'device' | 'case' | 'area';
  id: string;
}
/** What is shown, wherever one looks. */
export interface MapFilter {
  layers: ReadonlySet<MapLayer>;
  /** Only what lies in this area. */
  areaId: string | undefined;
  /** Kinds of device; none: all. */
  kinds: ReadonlySet<string>;
  /** None: all. */
  states: ReadonlySet<Device['connection']>;
}
export interface MapChoice extends MapFilter {
  view: MapView | undefined;
  pick: Pick | undefined;
}

const usual: readonly MapLayer[] = ['areas', 'devices', 'alarms', 'cases', 'reports'];
const names = ['layers', 'area', 'kinds', 'states', 'at', 'pick'] as const;

/** Whether an address says anything of the map: then it wins over what was kept. */
export const saysSomething = (params: URLSearchParams): boolean => names.some((name) => params.has(name));

/** What an address says; what it says wrong is left out. */
export function choiceOf(params: URLSearchParams): MapChoice {
  const list = (name: string) => params.get(name)?.split(',').filter(Boolean) ?? [];
  const layers = params.get('layers');
  return {
    layers: new Set(layers === null ? usual : mapLayers.filter((layer) => list('layers').includes(layer))),
    areaId: params.get('area') ?? undefined,
    kinds: new Set(list('kinds')),
    states: new Set(connections.filter((state) => list('states').includes(state))),
    view: viewOf(params.get('at')),
    pick: pickOf(params.get('pick')),
  };
}

/** As an address: what is as usual is left out, except the layers, so that a link says what it shows. */
export function paramsOf(choice: MapChoice): URLSearchParams {
  const params = new URLSearchParams();
  const put = (name: (typeof names)[number], value: string | undefined) => value && params.set(name, value);
  params.set('layers', mapLayers.filter((layer) => choice.layers.has(layer)).join(','));
  put('area', choice.areaId);
  put('kinds', [...choice.kinds].toSorted().join(','));
  put('states', connections.filter((state) => choice.states.has(state)).join(','));
  if (choice.view) {
    const { longitude, latitude, zoom } = choice.view;
    put('at', `${longitude.toFixed(5)},${latitude.toFixed(5)},${zoom.toFixed(2)}`);
  }
  if (choice.pick) put('pick', `${choice.pick.kind}:${choice.pick.id}`);
  return params;
}

function viewOf(text: string | null): MapView | undefined {
  const [longitude, latitude, zoom, ...more] = text?.split(',').map(Number) ?? [];
  if (longitude === undefined || latitude === undefined || zoom === undefined || more.length > 0) return undefined;
  const fits = Math.abs(longitude) <= 180 && Math.abs(latitude) <= 85 && zoom >= 0 && zoom <= 24;
  return fits ? { longitude, latitude, zoom } : undefined;
}

function pickOf(text: string | null): Pick | undefined {
  const [, kind, id] = /^(device|case|area):(.{1,140})$/.exec(text ?? '') ?? [];
  return kind && id ? { kind: kind as Pick['kind'], id } : undefined;
}
