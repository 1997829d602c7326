FROM local/debian
COPY influxdb-entrypoint.sh /entrypoint.sh
RUN mkdir -p /var/lib/influxdb && chown -R influxdb:influxdb /var/lib/influxdb
VOLUME /var/lib/influxdb
EXPOSE 8086
USER influxdb
ENTRYPOINT ["/entrypoint.sh"]
