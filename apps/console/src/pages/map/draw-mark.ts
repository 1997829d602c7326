import { severities, type Device, type Light, type Severity } from '@sc/contracts';
import { severityOutlines } from '../../components/severity-badge.js';
import type { Palette } from './palette.js';

/** Side of a mark on the screen; it is drawn twice as fine. */
const markSize = 30;
export const markScale = 2;

/** What a mark is called, by which the map asks for its picture. */
export const deviceMark = (domain: string, connection: Device['connection'], severity?: Severity): string =>
  `device ${domain} ${connection} ${severity ?? 'calm'}`;
export const clusterMark = (severity: Severity | 'calm', hasOffline: boolean): string =>
  `cluster ${severity} ${hasOffline ? 'offline' : 'online'}`;
export const caseMark = (light: Light, isReport: boolean): string => `${isReport ? 'report' : 'case'} ${light}`;
export const hatchMark = 'hatch';

/** On 24 × 24, for a line of width 2: drawn for small sizes. A kind that is not here has a dot. */
const glyphs: Record<string, string> = {
  fire: 'M12 4c1 4 5 6 5 10a5 5 0 0 1-10 0c0-2 1-3.5 2-5 .5 1.5 1 2 2 2 1-2 .5-5 1-7z',
  access: 'M8 4h8v16H8z M13 12v.5',
  parking: 'M9 20V5h4a4 4 0 0 1 0 8H9',
  sanitation: 'M6 8h12 M8 8l1 12h6l1-12 M10 5h4',
  camera: 'M4 8h10v8H4z M14 11l5-3v8l-5-3',
  water: 'M12 4c3 4 5 7 5 10a5 5 0 0 1-10 0c0-3 2-6 5-10z',
};
const otherGlyph = 'M12 9a3 3 0 1 1 0 6 3 3 0 0 1 0-6z';

type Draw = CanvasRenderingContext2D;

/** A mark by its name; undefined: nobody knows it. Told apart by shape, line and sign, colour only repeats it. */
export function drawMark(name: string, colours: Palette): ImageData | undefined {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = (name === hatchMark ? 12 : markSize) * markScale;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return undefined;
  context.scale(markScale, markScale);
  const [what, one = '', two = '', three = ''] = name.split(' ');
  if (what === 'device') device(context, colours, one, two, three);
  else if (what === 'cluster') cluster(context, colours, one, two === 'offline');
  else if (what === 'case' || what === 'report') order(context, colours, one, what === 'report');
  else if (what === hatchMark) hatch(context, colours);
  else return undefined;
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

/** Full: connected. Hollow and struck through: offline. Hollow and dashed: never seen. */
function device(c: Draw, colours: Palette, domain: string, connection: string, severity: string): void {
  const colour =
    connection === 'online' ? colours.online : connection === 'offline' ? colours.offline : colours.neverSeen;
  disc(c, 15, 15, 10.5, colours.halo);
  disc(c, 15, 15, 9, connection === 'online' ? colour : colours.cluster);
  c.lineWidth = 1.8;
  c.strokeStyle = colour;
  if (connection === 'never-seen') c.setLineDash([3, 2]);
  circle(c, 15, 15, 9);
  c.stroke();
  c.setLineDash([]);
  path(c, glyphs[domain] ?? otherGlyph, 7.8, 7.8, 0.6, connection === 'online' ? colours.cluster : colour);
  if (connection === 'offline') {
    c.lineWidth = 2;
    line(c, 8.6, 21.4, 21.4, 8.6);
  }
  badge(c, colours, severity, 23, 7, 0.82);
}

/** A ring, twice as thick where something is wrong in it; the gravest alarm sits on it, a struck dot says that some are offline. */
function cluster(c: Draw, colours: Palette, severity: string, hasOffline: boolean): void {
  const known = severities.find((each) => each === severity);
  disc(c, 15, 15, 12.5, known ? colours.severity[known][0] : colours.clusterLine);
  disc(c, 15, 15, known ? 9.5 : 11, colours.cluster);
  badge(c, colours, severity, 24, 6, 0.75);
  if (!hasOffline) return;
  disc(c, 24.5, 24.5, 4.5, colours.halo);
  c.strokeStyle = colours.offline;
  c.lineWidth = 1.6;
  circle(c, 24.5, 24.5, 3.4);
  c.stroke();
  line(c, 22, 27, 27, 22);
}

/** A sheet, or what somebody says; with an exclamation mark when time runs short, filled when it is over. */
function order(c: Draw, colours: Palette, light: string, isReport: boolean): void {
  const colour =
    light === 'overdue'
      ? colours.overdue
      : light === 'warning'
        ? colours.warning
        : light === 'normal'
          ? colours.normal
          : colours.neverSeen;
  const shape = new Path2D(isReport ? 'M5 6h20v14H14l-5 5v-5H5z' : 'M7 4h12l5 5v17H7z');
  c.lineJoin = 'round';
  c.strokeStyle = colours.halo;
  c.lineWidth = 5;
  c.stroke(shape);
  c.fillStyle = light === 'overdue' ? colour : colours.cluster;
  c.fill(shape);
  c.strokeStyle = colour;
  c.lineWidth = 2;
  c.stroke(shape);
  c.strokeStyle = light === 'overdue' ? colours.cluster : colour;
  const middle = isReport ? 15 : 15.5;
  if (light === 'warning' || light === 'overdue') {
    c.lineWidth = 2.6;
    line(c, middle, isReport ? 9 : 11, middle, isReport ? 13.5 : 18);
    line(c, middle, isReport ? 16 : 21.5, middle, isReport ? 16.5 : 22);
  } else {
    line(c, middle - 4, isReport ? 11 : 13, middle + 4, isReport ? 11 : 13);
    line(c, middle - 4, isReport ? 15 : 18, middle + 4, isReport ? 15 : 18);
  }
}

/** Crossing lines: what is blind is seen without colours too. */
function hatch(c: Draw, colours: Palette): void {
  c.strokeStyle = colours.blind;
  c.globalAlpha = 0.6;
  c.lineWidth = 1.3;
  for (const shift of [-12, 0, 12]) {
    line(c, shift, 12, shift + 12, 0);
    line(c, shift, 0, shift + 12, 12);
  }
}

function badge(c: Draw, colours: Palette, severity: string, x: number, y: number, scale: number): void {
  const known = severities.find((each) => each === severity);
  if (!known) return;
  const [fill, sign] = colours.severity[known];
  const outline = new Path2D(severityOutlines[known]);
  c.save();
  c.translate(x - 8 * scale, y - 8 * scale);
  c.scale(scale, scale);
  c.lineJoin = 'round';
  c.strokeStyle = colours.halo;
  c.lineWidth = 4;
  c.stroke(outline);
  c.fillStyle = fill;
  c.fill(outline);
  c.strokeStyle = sign;
  c.lineWidth = 2;
  if (known !== 'minor' && known !== 'unknown') c.stroke(new Path2D('M8 4.8v4M8 11v1.6'));
  c.restore();
}

function circle(c: Draw, x: number, y: number, radius: number): void {
  c.beginPath();
  c.arc(x, y, radius, 0, 2 * Math.PI);
}
function disc(c: Draw, x: number, y: number, radius: number, colour: string): void {
  circle(c, x, y, radius);
  c.fillStyle = colour;
  c.fill();
}
function line(c: Draw, x1: number, y1: number, x2: number, y2: number): void {
  c.beginPath();
  c.moveTo(x1, y1);
  c.lineTo(x2, y2);
  c.stroke();
}
function path(c: Draw, of: string, x: number, y: number, scale: number, colour: string): void {
  c.save();
  c.translate(x, y);
  c.scale(scale, scale);
  c.strokeStyle = colour;
  c.lineWidth = 2.4;
  c.lineCap = c.lineJoin = 'round';
  c.stroke(new Path2D(of));
  c.restore();
}
