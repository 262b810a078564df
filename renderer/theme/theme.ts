// Mantine's theme: compact, square corners, one accent. Mantine's colours come from theme/tokens.css.
import {
  Autocomplete,
  Badge,
  Button,
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  Input,
  type MantineColorsTuple,
  Menu,
  Modal,
  MultiSelect,
  NumberInput,
  SegmentedControl,
  Select,
  Slider,
  Switch,
  Tabs,
  Textarea,
  TextInput,
  Tooltip,
} from '@mantine/core';

/** Teal. Shade 8 carries white text in light mode (6.1:1), shade 3 carries dark text in dark mode (9:1). */
const accent: MantineColorsTuple = [
  '#e7f5f5',
  '#cfe8e9',
  '#9fd4d7',
  '#62c3c9',
  '#37a9b1',
  '#1f929b',
  '#128089',
  '#0d747d',
  '#0a666e',
  '#08545b',
];

/** Greys of the dark scheme, a breath of blue in them; 7 is the window, 6 inputs, 4 borders, 0 text. */
const dark: MantineColorsTuple = [
  '#e6ebed',
  '#c3ccd1',
  '#a3afb5',
  '#78868d',
  '#39444a',
  '#2a3338',
  '#1b2125',
  '#14191c',
  '#101416',
  '#0b0e10',
];

const gray: MantineColorsTuple = [
  '#f6f7f8',
  '#eef0f1',
  '#e1e5e7',
  '#d2d8db',
  '#c0c8cc',
  '#98a3a9',
  '#66727a',
  '#4c575e',
  '#333c42',
  '#1a2024',
];

const small = { defaultProps: { size: 'xs' } };

export const theme = createTheme({
  colors: { accent, dark, gray },
  primaryColor: 'accent',
  primaryShade: { light: 8, dark: 3 },
  // The accent is dark in the light scheme and light in the dark one, so the text on it changes too.
  variantColorResolver: (input) => {
    const colors = defaultVariantColorsResolver(input);
    const onAccent = input.variant === 'filled' && (!input.color || input.color === 'accent');
    return onAccent ? { ...colors, color: 'var(--hc-on-accent)' } : colors;
  },
  defaultRadius: 4,
  cursorType: 'pointer',
  fontFamily: 'var(--hc-font)',
  fontFamilyMonospace: 'var(--hc-font-mono)',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  headings: { fontFamily: 'var(--hc-font)', fontWeight: '600' },
  components: {
    Badge: Badge.extend({ defaultProps: { variant: 'light', radius: 3, tt: 'none', fw: 500 } }),
    Button: Button.extend({ defaultProps: { size: 'xs' } }),
    // Below the field: so fields side by side begin at one height, however long their sentences are.
    InputWrapper: Input.Wrapper.extend({
      defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] },
    }),
    Menu: Menu.extend({ defaultProps: { shadow: 'md', withinPortal: true } }),
    Modal: Modal.extend({
      defaultProps: {
        // What is pressed stands still: no slide at the beginning, and a dialog that grows does so downwards.
        yOffset: '9dvh',
        // The page never scrolls; and what locks it would bring a style element without a nonce.
        lockScroll: false,
        transitionProps: { transition: 'fade', duration: 80 },
        closeButtonProps: { 'aria-label': 'Close' },
        overlayProps: { backgroundOpacity: 0.35 },
      },
      styles: { title: { fontSize: '0.9375rem', fontWeight: 600 } },
    }),
    MultiSelect: MultiSelect.extend(small),
    NumberInput: NumberInput.extend(small),
    SegmentedControl: SegmentedControl.extend(small),
    Autocomplete: Autocomplete.extend(small),
    Select: Select.extend(small),
    Slider: Slider.extend(small),
    Switch: Switch.extend(small),
    Tabs: Tabs.extend({ defaultProps: { variant: 'default' } }),
    TextInput: TextInput.extend(small),
    Textarea: Textarea.extend(small),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 350, withArrow: false, offset: 6 } }),
  },
});

/** Mantine's own variables, pointed at the tokens, so that each colour is defined once. */
export const cssVariables: CSSVariablesResolver = () => {
  const shared = {
    '--mantine-color-body': 'var(--hc-surface)',
    '--mantine-color-text': 'var(--hc-ink)',
    '--mantine-color-dimmed': 'var(--hc-ink-3)',
    '--mantine-color-placeholder': 'var(--hc-ink-3)',
    '--mantine-color-default-border': 'var(--hc-line-strong)',
    '--mantine-color-error': 'var(--hc-bad)',
    '--mantine-primary-color-contrast': 'var(--hc-on-accent)',
    '--mantine-color-anchor': 'var(--hc-accent)',
  };
  // Quiet buttons look like links, in the dark too: Mantine's would be white as the text beside them.
  const dark = { ...shared, '--mantine-color-accent-light-color': 'var(--hc-accent)' };
  return { variables: {}, light: shared, dark };
};
