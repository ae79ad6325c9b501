import type { Command } from 'commander';
import { ConfigError, readConfig } from '../engine/config';
import { aboutSetting, SETTING_NAMES, SETTINGS, type SettingName, shown } from '../engine/settings';
import { answering, table } from './output';
import { Trouble } from './trouble';

interface SettingJson {
  setting: SettingName;
  /** Without secrets; absent when nothing is in force. */
  value?: string;
  set: boolean;
  default?: string;
  wanted: string;
  meaning: string;
}

/** `xiaohao config`: every setting with meaning, default and the value in force; then whatever is wrong. */
export function registerConfig(program: Command): void {
  answering(
    program.command('config').description('配置 every setting, its default, and the value in force'),
    async ({ show }) => {
      const settings = SETTING_NAMES.map(settingOf);
      const { mistakes, warnings } = judged();
      show({ settings, mistakes, warnings }, () => [
        ...table([
          ['SETTING', 'IN FORCE', 'DEFAULT', 'MEANING'],
          ...settings.map((one) => [
            one.setting,
            `${one.value ?? '-'}${one.set ? ' *' : ''}`,
            one.default ?? '-',
            one.meaning,
          ]),
        ]),
        '* set in the environment',
        ...warnings.map((warning) => `warning: ${warning}`),
      ]);
      if (mistakes.length > 0) throw new Trouble(new ConfigError(mistakes).message, 1);
    },
  );
}

function settingOf(setting: SettingName): SettingJson {
  const given = process.env[setting] || undefined;
  const fallback = SETTINGS.shape[setting].safeParse(undefined).data;
  const standard = fallback === undefined ? undefined : String(fallback);
  const value = given ?? standard;
  const { meaning, wanted } = aboutSetting(setting);
  return {
    setting,
    ...(value !== undefined && { value: shown(setting, value) }),
    set: given !== undefined,
    ...(standard !== undefined && { default: standard }),
    wanted,
    meaning,
  };
}

function judged(): Pick<ConfigError, 'mistakes'> & { warnings: string[] } {
  try {
    return { mistakes: [], warnings: readConfig().warnings };
  } catch (error) {
    if (error instanceof ConfigError) return { mistakes: error.mistakes, warnings: [] };
    throw error;
  }
}
