FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
COPY packages/stalcraft/package.json packages/stalcraft/
COPY packages/sandbox/package.json packages/sandbox/
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json ./
COPY scripts scripts
COPY locales locales
COPY commands commands
COPY packages packages
COPY src src
RUN npm run build
# The offline world is for a bot without keys: `--build-arg SANDBOX=no` leaves it out.
ARG SANDBOX=yes
RUN [ "$SANDBOX" = yes ] || find packages/sandbox/dist -mindepth 1 -delete

FROM node:22-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
COPY packages/stalcraft/package.json packages/stalcraft/
COPY packages/sandbox/package.json packages/sandbox/
RUN npm ci --omit=dev --ignore-scripts

FROM node:22-bookworm-slim
# What runs here is built: package managers have no business in it.
RUN rm -rf /usr/local/lib/node_modules /opt/yarn* \
    /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack /usr/local/bin/yarn /usr/local/bin/yarnpkg
WORKDIR /app
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY packages/stalcraft/package.json packages/stalcraft/
COPY --from=build /app/packages/stalcraft/dist packages/stalcraft/dist
COPY packages/sandbox/package.json packages/sandbox/
COPY --from=build /app/packages/sandbox/dist packages/sandbox/dist
COPY package.json LICENSE ./
RUN install --directory --owner=node --group=node --mode=700 /data
VOLUME /data
ENV NODE_ENV=production HTTP_HOST=0.0.0.0 HTTP_PORT=8080 DATA_DIR=/data
USER node
EXPOSE 8080
# Of every role: whether the process lives. compose.yaml asks for more: whether it does its work.
HEALTHCHECK --interval=30s --timeout=3s --start-period=20s --retries=3 CMD ["node", "dist/src/health-check.js"]
CMD ["node", "dist/src/main.js"]
