import { useAreas } from '../../api/queries.js';
import { useMay, usePerson } from '../../app/session.js';

/** Rules are of the whole site: administrators and managers whose area is all of it change them. */
export function useMayChangeRules(): boolean {
  const { areaId } = usePerson();
  const role = useMay('admin', 'manager');
  const area = useAreas().find(({ id }) => id === areaId);
  return role && area?.parentId === null;
}
