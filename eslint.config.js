import {defineConfig, globalIgnores} from 'eslint/config'
import jest from 'eslint-plugin-jest'
import tseslint from 'typescript-eslint'
import {boundaries} from './eslint.boundaries.js'

export default defineConfig(
  globalIgnores(['coverage/', 'dist/', '.demo/']),
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {parserOptions: {projectService: true, tsconfigRootDir: import.meta.dirname}},
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', {allowNumber: true}],
      '@typescript-eslint/switch-exhaustiveness-check': 'error'
    }
  },
  ...boundaries,
  {
    files: ['__tests__/**/*.ts'],
    ignores: ['__tests__/fixtures/**'],
    extends: [jest.configs['flat/recommended']]
  }
)
