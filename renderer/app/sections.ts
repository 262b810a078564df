// The sections of the workbench, shared by the navigation, the palette and the keys.
import {
  IconChartLine,
  IconGitCompare,
  IconListDetails,
  IconSchool,
  IconSettings,
  IconTable,
} from '@tabler/icons-react';
import { hrefOf } from './router.ts';

export const SECTIONS = [
  { id: 'runs', label: 'Runs', keys: 'g r', icon: IconListDetails, href: hrefOf(['runs']) },
  { id: 'data', label: 'Data', keys: 'g d', icon: IconTable, href: hrefOf(['data']) },
  { id: 'design', label: 'Design', keys: 'g e', icon: IconChartLine, href: hrefOf(['design']) },
  { id: 'compare', label: 'Compare', keys: 'g c', icon: IconGitCompare, href: hrefOf(['compare']) },
  { id: 'learn', label: 'Learn', keys: 'g l', icon: IconSchool, href: hrefOf(['learn']) },
  { id: 'settings', label: 'Settings', keys: 'g s', icon: IconSettings, href: hrefOf(['settings']) },
] as const;
