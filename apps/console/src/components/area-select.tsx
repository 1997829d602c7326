import { TreeSelect } from 'antd';
import type { Area } from '@sc/contracts';
import { useMemo } from 'react';
import { useAreas } from '../api/queries.js';
import { useText } from '../lib/use-words.js';

export interface AreaNode {
  value: string;
  key: string;
  title: string;
  area: Area;
  children: AreaNode[];
}

/** Areas as a tree; one whose parent is out of sight becomes a root. */
export function useAreaTree(): AreaNode[] {
  const areas = useAreas();
  const text = useText();
  return useMemo(() => {
    const nodes = new Map(
      areas.map((area): [string, AreaNode] => [
        area.id,
        { value: area.id, key: area.id, title: text(area.name), area, children: [] },
      ]),
    );
    const roots: AreaNode[] = [];
    for (const node of nodes.values()) (nodes.get(node.area.parentId ?? '')?.children ?? roots).push(node);
    return roots;
  }, [areas, text]);
}

interface Props {
  value?: string;
  onChange?: (id: string | undefined) => void;
  placeholder?: string;
  label?: string;
  id?: string;
  allowClear?: boolean;
  width?: number | string;
  disabled?: boolean;
}

export function AreaSelect({
  value,
  onChange,
  placeholder,
  label,
  id,
  allowClear = true,
  width = 200,
  disabled = false,
}: Props) {
  const tree = useAreaTree();
  return (
    <TreeSelect
      id={id}
      style={{ width }}
      treeData={tree}
      value={value}
      onChange={(next: string | undefined) => onChange?.(next)}
      placeholder={placeholder}
      aria-label={label}
      allowClear={allowClear}
      disabled={disabled}
      treeDefaultExpandAll
      showSearch={{ treeNodeFilterProp: 'title' }}
      popupMatchSelectWidth={280}
    />
  );
}
